// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestSupport

/// Why the twin refuses a request.
struct Refusal: Error {
    var reason: String

    init(_ reason: String) { self.reason = reason }
}

/// A request as OpenAI's reference allows it, taken apart by Foundation and not by code under test.
struct ServiceRequest: Sendable {
    var path: String
    /// `role: text` of each message.
    var messages: [String] = []
    /// The tools' names, and the destinations of `transfer` behind it.
    var tools: [String] = []
    /// The members of JSON that are text, or the text fields of a form.
    var texts: [String: String] = [:]
    /// The form's file.
    var file: [UInt8] = []

    init(_ request: LoopbackHTTPServer.Request) throws {
        path = request.path
        let paths = ["/v1/chat/completions", "/v1/audio/speech", "/v1/audio/transcriptions"]
        guard paths.contains(path) else { throw Refusal("no such path: \(path)") }
        guard request.method == "POST" else { throw Refusal("not POST") }
        guard request["Authorization"] == "Bearer \(ServiceTwin.key)" else { throw Refusal("no key") }
        let type = request["Content-Type"] ?? ""
        if path.hasSuffix("transcriptions") {
            guard type.hasPrefix("multipart/form-data; boundary=") else { throw Refusal("not a form") }
            try readForm(request.body, boundary: String(type.dropFirst(30)))
        } else {
            guard type == "application/json" else { throw Refusal("not JSON") }
            guard let body = try? JSONSerialization.jsonObject(with: Data(request.body)) as? [String: Any] else {
                throw Refusal("broken JSON")
            }
            texts = body.compactMapValues { $0 as? String }
            if path.hasSuffix("speech") { try checkSpeech(body) } else { try readChat(body) }
        }
    }

    private func checkSpeech(_ body: [String: Any]) throws {
        try Self.check(
            body,
            required: ["model", "input", "voice"],
            allowed: ["response_format", "instructions", "speed"]
        )
        guard texts.count == body.count else { throw Refusal("members that are no text") }
        guard let input = texts["input"], (1...4_096).contains(input.count) else { throw Refusal("input's length") }
        guard ["mp3", "opus", "aac", "flac", "wav", "pcm"].contains(texts["response_format"] ?? "mp3") else {
            throw Refusal("response_format")
        }
    }

    private mutating func readChat(_ body: [String: Any]) throws {
        try Self.check(body, required: ["model", "messages"], allowed: ["stream", "tools"])
        guard texts["model"] != nil, let list = body["messages"] as? [[String: Any]], !list.isEmpty else {
            throw Refusal("model or messages")
        }
        for message in list {
            try Self.check(message, required: ["role", "content"], allowed: [])
            guard let role = message["role"] as? String, let content = message["content"] as? String else {
                throw Refusal("a message that is no text")
            }
            guard ["system", "user", "assistant"].contains(role), !content.isEmpty else { throw Refusal("role") }
            messages.append("\(role): \(content)")
        }
        // As strict as the strictest of compatible servers.
        let roles = messages.map { $0.prefix { $0 != ":" } }
        guard roles.first == "system", zip(roles, roles.dropFirst()).allSatisfy({ $0 != $1 }),
            !roles.dropFirst().contains("system")
        else { throw Refusal("roles must take turns: \(roles)") }
        guard body["stream"] as? Bool == true else { throw Refusal("this twin streams") }
        if let tools = body["tools"] {
            guard let tools = tools as? [[String: Any]], !tools.isEmpty else { throw Refusal("tools") }
            for tool in tools { try readTool(tool) }
        }
    }

    private mutating func readTool(_ tool: [String: Any]) throws {
        try Self.check(tool, required: ["type", "function"], allowed: [])
        guard tool["type"] as? String == "function", let function = tool["function"] as? [String: Any] else {
            throw Refusal("a tool that is no function")
        }
        try Self.check(function, required: ["name", "description", "parameters"], allowed: ["strict"])
        guard let name = function["name"] as? String, let parameters = function["parameters"] as? [String: Any],
            parameters["type"] as? String == "object", let properties = parameters["properties"] as? [String: Any],
            name.range(of: "^[a-zA-Z0-9_-]{1,64}$", options: .regularExpression) != nil
        else { throw Refusal("a tool's name or parameters") }
        tools.append(name)
        let destinations = (properties["destination"] as? [String: Any])?["enum"] as? [String]
        tools += destinations ?? []
    }

    private mutating func readForm(_ body: [UInt8], boundary: String) throws {
        let delimiter = Data("--\(boundary)".utf8)
        let data = Data(body)
        guard !boundary.isEmpty, data.starts(with: delimiter) else { throw Refusal("the form's beginning") }
        var position = delimiter.count
        while data[position...].starts(with: Data("\r\n".utf8)) {
            let start = position + 2
            guard let end = data.range(of: Data("\r\n".utf8) + delimiter, in: start..<data.count),
                let head = data.range(of: Data("\r\n\r\n".utf8), in: start..<end.lowerBound)
            else { throw Refusal("a part without an end") }
            try readPart(
                head: String(decoding: data[start..<head.lowerBound], as: UTF8.self),
                body: Array(data[head.upperBound..<end.lowerBound])
            )
            position = end.upperBound
        }
        guard data[position...] == Data("--\r\n".utf8) else { throw Refusal("the form's end") }
        try Self.check(texts, required: ["model"], allowed: ["language", "prompt", "response_format", "temperature"])
        guard texts["response_format"] == "json" else { throw Refusal("this twin answers JSON") }
        if let language = texts["language"], !(2...3).contains(language.count) { throw Refusal("language") }
        // 44 bytes of a WAV header and a tenth of a second.
        guard file.starts(with: Data("RIFF".utf8)), file.count >= 44 + 3_200 else { throw Refusal("the file") }
    }

    private mutating func readPart(head: String, body: [UInt8]) throws {
        guard
            let match = head.firstMatch(
                of: /Content-Disposition: form-data; name="([a-z_]+)"(; filename="[^"]+\.wav")?/
            )
        else { throw Refusal("a part's head: \(head)") }
        let name = String(match.output.1)
        if name == "file" {
            guard match.output.2 != nil, file.isEmpty else { throw Refusal("the file's name") }
            file = body
        } else {
            guard texts[name] == nil else { throw Refusal("\(name) twice") }
            texts[name] = String(decoding: body, as: UTF8.self)
        }
    }

    private static func check(_ body: [String: Any], required: Set<String>, allowed: Set<String>) throws {
        let names = Set(body.keys)
        guard required.isSubset(of: names) else { throw Refusal("missing: \(required.subtracting(names).sorted())") }
        guard names.isSubset(of: required.union(allowed)) else {
            throw Refusal("unknown: \(names.subtracting(required.union(allowed)).sorted())")
        }
    }
}

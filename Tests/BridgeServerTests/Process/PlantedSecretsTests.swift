// SPDX-License-Identifier: Apache-2.0
import Digests
import Foundation
import TestSupport
import Testing

@testable import BridgeServer

/// One server with a secret of every kind, in a process of its own that logs all it can: calls go right and wrong on every
/// route, and then everything the program wrote anywhere is searched for what was planted.
@Suite struct PlantedSecretsTests {
    /// What is planted, and where.
    static let secrets = [
        "bearer": "pl4nted-bearer", "basic": "pl4nted-password", "header": "pl4nted-header", "query": "pl4nted-query",
        "path": "pl4nted-path", "acme": "pl4nted-acme", "control": "pl4nted-control", "receiver": "pl4nted-receiver",
        "admin": "pl4nted-admin", "hook": "pl4nted-hook", "credential": "pl4nted-credential",
        "operator": "pl4nted-operator", "signing": "pl4nted-signing-secret", "model": "pl4nted-model",
        "recording": String(repeating: "d15ea5e0", count: 8),
    ]
    /// What is wrong, and yet nothing for a log: it may be another system's secret.
    static let wrong = "pl4nted-wrong"
    static let digits = "739182"
    static let numbers = ["9810000001", "18000000002"]
    /// Audio that occurs nowhere else.
    static let audio: [UInt8] = (0..<320).map { UInt8(truncatingIfNeeded: $0 &* 37 ^ $0 >> 3) }

    private static func configuration(_ folder: TemporaryFolder, hooks: String) throws -> String {
        try FileManager.default.createDirectory(atPath: folder.path + "/recordings", withIntermediateDirectories: false)
        let key = try folder.write("key", Array((secrets["recording"] ?? "").utf8))
        let file = try folder.write("token", Array((secrets["bearer"] ?? "").utf8))
        try folder.write("systemd", Array((secrets["credential"] ?? "").utf8))
        let control = "call_control: {platform: digo, base_url: \"http://127.0.0.1:9\", authorization: pl4nted-control}"
        let yaml = """
            listen: {port: 0, plain: true, public_url: ws://127.0.0.1:1}
            limits: {lag: off, busy: off}
            admin: {port: 0, token: pl4nted-operator}
            recording: {folder: \(folder.path)/recordings, encryption_key: {file: \(key)}}
            webhooks:
              spool: \(folder.path)/webhooks.sqlite
              endpoints: [{name: crm, url: "\(hooks)/hooks", secret: pl4nted-signing-secret}]
            logging: {level: trace, format: json}
            records: {path: \(folder.path)/calls.sqlite}
            tenants: [{name: acme}, {name: other}]
            routes:
              - {path: /bearer, authentication: {bearer: {file: \(file)}}, bot: echo, \(control)}
              - {path: /basic, authentication: {basic: {user: Aladdin, password: pl4nted-password}}, bot: echo}
              - {path: /header, authentication: {headers: {X-Key: {environment: PLANTED_HEADER}}}, bot: receptionist}
              - {path: /query, authentication: {query_token: "${PLANTED_QUERY}"}, bot: receptionist}
              - {path: /path, authentication: {path_token: {secret: pl4nted-path}}, bot: echo-task}
              - {path: /shared, tenants: {acme: {bearer: pl4nted-acme}, other: {bearer: {credential: systemd}}}, bot: echo}
              - path: /model
                authentication: {none: true}
                bot: realtime
                bot_options: {url: "ws://127.0.0.1:9/", api_key: pl4nted-model}
            receivers:
              - path: /callbacks
                kind: ivr-solutions-callbacks
                options: {secret_key: pl4nted-receiver}
                authentication: {bearer: pl4nted-receiver}
            """
        return try folder.write("voicebridge.yaml", Array(yaml.utf8))
    }

    static func bearer(_ token: String) -> String { "Authorization: Bearer \(token)" }

    static func basic(_ password: String) -> String {
        "Authorization: Basic " + Base64.encode(Array("Aladdin:\(password)".utf8))
    }

    /// A path with a token behind it that is good now.
    private static func path(_ secret: String) throws -> String {
        let expires = Int(Date().timeIntervalSince1970) + 120
        let nonce = "00112233445566778899aabbccddeeff"
        return try "/path/" + PathToken(path: "/path", expires: expires, nonce: nonce, secret: secret).text
    }

    /// Ways in that are right, and the same with something wrong.
    private static func doors() throws -> [(path: String, fields: [String])] {
        let bearers = ["pl4nted-bearer", wrong].map { (path: "/bearer", fields: [bearer($0)]) }
        let basics = ["pl4nted-password", wrong].map { (path: "/basic", fields: [basic($0)]) }
        let headers = ["pl4nted-header", wrong].map { (path: "/header", fields: ["X-Key: \($0)"]) }
        let queries = ["pl4nted-query", wrong].map { (path: "/query?token=\($0)&x=1", fields: [String]()) }
        let paths = try ["pl4nted-path", wrong].map { (path: try path($0), fields: [String]()) }
        let shared = ["pl4nted-acme", "pl4nted-credential", wrong].map { (path: "/shared", fields: [bearer($0)]) }
        return bearers + basics + headers + queries + paths + shared
    }

    /// A call in which everything that must stay unseen passes by; nil when it is refused.
    private static func call(_ port: Int, _ door: (path: String, fields: [String]), _ number: Int) async throws -> Int {
        let client = try await RawClient.connect(port)
        try await client.send(RawClient.request("GET \(door.path) HTTP/1.1", adding: door.fields))
        let status = try #require(try await client.answer()).status
        guard status == 101 else {
            try await client.drop()
            return status
        }
        try await client.send(Wire.start(call: "call-\(number)", stream: "stream-\(number)") + Wire.media(audio))
        for digit in digits { try await client.send(Wire.digit(String(digit)) + Wire.media(audio)) }
        let media = #"{"event":"media","media":{"payload":"\#(wrong)"}}"#
        let faults = [#"{"event":"odd","odd":"\#(wrong)"}"#, media, wrong]
        try await client.send(faults.flatMap { RawFrame.text($0) } + Wire.stop)
        _ = try await client.closeCode()
        try await client.drop()
        return status
    }

    @Test func `Nothing that was planted is in anything that the program wrote`() async throws {
        let folder = try TemporaryFolder()
        let bodies = Watched<[String]>([])
        let endpoint = try await LoopbackHTTPServer { request in
            bodies.update { $0.append(String(decoding: request.body, as: UTF8.self)) }
            return LoopbackHTTPServer.Reply(200)
        }
        let file = try Self.configuration(folder, hooks: endpoint.url)
        let environment = ProcessInfo.processInfo.environment.merging([
            "PLANTED_HEADER": "pl4nted-header", "PLANTED_QUERY": "pl4nted-query", "CREDENTIALS_DIRECTORY": folder.path,
        ]) { _, new in new }
        let serve = try ServeProcess(["--config", file], environment: environment)
        let port = try #require(ServeProcess.port(try await serve.lines(1)[0]))
        try await serve.says(#""admin_port":""#)
        var statuses: [Int] = []
        for (number, door) in try Self.doors().enumerated() {
            statuses.append(try await Self.call(port, door, number))
        }
        #expect(statuses == [101, 403, 101, 403, 101, 403, 101, 403, 101, 403, 101, 101, 403])
        // A service that cannot be reached with its key.
        #expect(try await Self.call(port, (path: "/model", fields: []), 90) == 101)
        for token in ["pl4nted-receiver", Self.wrong] {
            let request = RawClient.request(
                "POST /callbacks HTTP/1.1",
                ["Host: a", Self.bearer(token), "Content-Length: \(Self.wrong.utf8.count)"],
                body: Self.wrong
            )
            let answer = try #require(try await RawClient.ask(port, request))
            #expect(answer.status >= 400)
        }
        var written = try await Self.admin(serve, port)
        written.append(("command line", try serve.commandLine()))
        serve.signal(SIGTERM)
        let told = try await serve.exit()
        #expect(told.status == 0)
        written += [("standard output", told.output), ("standard error", told.errors)]
        written += try await Self.read(folder, file, environment)
        try await endpoint.stop()
        written += bodies.value.map { ("webhook", $0) }
        // What is searched has something in it.
        let log = told.errors
        #expect(log.components(separatedBy: "call started").count == 10)
        #expect(log.components(separatedBy: "wrong_credentials").count >= 7)
        #expect(log.contains(#""call":"call-90""#))
        #expect(bodies.value.count { $0.contains(#""type":"call.digit""#) && $0.contains(#""digit":"*""#) } >= 6)
        let kept = try PlantedLeaks.files(of: folder)
        #expect(kept.contains { $0.hasSuffix(".wav.sealed") } && kept.contains { $0.hasPrefix("webhooks.sqlite") })
        #expect(kept.contains { $0.hasPrefix("calls.sqlite") } && !kept.contains { $0.hasSuffix(".wav") })
        #expect(PlantedLeaks.found(in: written).isEmpty)
        #expect(try PlantedLeaks.found(in: folder).isEmpty)
    }

    /// What the admin port answers, also of a call that is up, to who shows the token and who does not.
    private static func admin(_ serve: ServeProcess, _ port: Int) async throws -> [(place: String, text: String)] {
        let part = serve.told.value.errors.components(separatedBy: #""admin_port":""#).last ?? ""
        let adminPort = try #require(Int(part.prefix { $0.isNumber }))
        let client = try await RawClient.connect(port)
        try await client.send(RawClient.request("GET /bearer HTTP/1.1", adding: [bearer("pl4nted-bearer")]))
        #expect(try await client.answer()?.status == 101)
        let pressed = digits.flatMap { Wire.digit(String($0)) }
        try await client.send(Wire.start(call: "call-up", stream: "stream-up") + pressed)
        _ = try await serve.says(#""call":"call-up""#)
        let paths = [
            "/healthz", "/readyz", "/load", "/metrics", "/v1/server", "/v1/log-level", "/v1/calls",
            "/v1/calls/call-up", "/v1/calls/\(wrong)", "/pl4nted?token=\(wrong)",
        ]
        let target = #"{"to":"\#(wrong)","kind":"\#(wrong)"}"#
        let acts = [
            ("PUT /v1/log-level", #"{"level":"\#(wrong)"}"#), ("PUT /v1/log-level", wrong),
            ("POST /v1/calls/call-up/transfer", target), ("POST /v1/calls/call-up/hang-up", #"{"\#(wrong)":1}"#),
        ]
        var answers: [(place: String, text: String)] = []
        var statuses: Set<Int> = []
        for token in ["pl4nted-operator", wrong] {
            for (line, body) in paths.map({ ("GET \($0)", "") }) + acts {
                let fields = ["Host: a", bearer(token), "Content-Length: \(body.utf8.count)", "Connection: close"]
                let request = RawClient.request(line + " HTTP/1.1", fields, body: body)
                let answer = try #require(try await RawClient.ask(adminPort, request))
                statuses.insert(answer.status)
                answers.append((line, answer.body + answer.fields.map { "\($0.name): \($0.value)" }.joined()))
            }
        }
        #expect(statuses.isSuperset(of: [200, 403, 404, 422]), "\(statuses)")
        #expect(answers.contains { $0.place == "GET /v1/calls" && $0.text.contains("call-up") })
        #expect(answers.contains { $0.text.contains("voicebridge_digits_total") })
        try await client.send(Wire.stop)
        _ = try await client.closeCode()
        try await client.drop()
        return answers
    }

    /// What the records tell, and the configuration as it is printed.
    private static func read(
        _ folder: TemporaryFolder,
        _ file: String,
        _ environment: [String: String]
    ) async throws -> [(place: String, text: String)] {
        let records = ["--records", folder.path + "/calls.sqlite"]
        var texts: [(place: String, text: String)] = []
        for arguments in [["list"], ["list", "--json"], ["export"], ["export", "--format", "jsonl"], ["show", "1"]] {
            let told = try await ServeProcess(arguments + records, command: "calls").exit()
            texts.append(("calls " + arguments.joined(separator: " "), told.output + told.errors))
        }
        for verb in ["check", "print"] {
            let told = try await ServeProcess([verb, file], command: "config", environment: environment).exit()
            #expect(told.status == 0)
            texts.append(("config \(verb)", told.output + told.errors))
        }
        return texts
    }
}

// SPDX-License-Identifier: Apache-2.0

import Dialects
import OutboundHTTP

/// Reads the streamed answer of `chat/completions`.
struct ChatStreamReader {
    /// A tool that the model calls.
    struct ToolCall: Equatable {
        var name = ""
        /// JSON.
        var arguments = ""
    }

    /// Most tools of one answer, and most bytes of one tool's arguments.
    private static let maximumCalls = 8, maximumArguments = 4_096

    private var parser = ServerSentEventParser()
    private(set) var calls: [ToolCall] = []
    /// Whether the model said that it is done.
    private(set) var isDone = false
    private let words: (JSONValue) -> String

    /// A reader.
    ///
    /// - Parameter words: finds the words of an error.
    init(words: @escaping (JSONValue) -> String) { self.words = words }

    /// Takes a piece of the answer; returns the pieces of text in it.
    mutating func read(_ bytes: [UInt8]) throws(SpeechServiceError) -> [String] {
        var texts: [String] = []
        for event in parser.parse(bytes) {
            if event.data == "[DONE]" {
                isDone = true
                continue
            }
            guard let chunk = try? JSONDocument.parse(Array(event.data.utf8)) else {
                throw SpeechServiceError(.notJSON)
            }
            if event.type == "error" || chunk["error"] != nil { throw SpeechServiceError(.fault(words(chunk))) }
            // The last chunk may have figures and no choice.
            guard let choice = chunk["choices"]?.elements.first else { continue }
            if let text = choice["delta"]?["content"]?.string, !text.isEmpty { texts.append(text) }
            for call in choice["delta"]?["tool_calls"]?.elements ?? [] { take(call) }
            if choice["finish_reason"]?.string != nil { isDone = true }
        }
        guard parser.dropped == 0 else { throw SpeechServiceError(.notJSON) }
        return texts
    }

    private mutating func take(_ call: JSONValue) {
        let index = call["index"]?.wholeNumber ?? calls.count
        guard (0..<Self.maximumCalls).contains(index) else { return }
        while calls.count <= index { calls.append(ToolCall()) }
        calls[index].name += call["function"]?["name"]?.string ?? ""
        let arguments = call["function"]?["arguments"]?.string ?? ""
        guard calls[index].arguments.utf8.count + arguments.utf8.count <= Self.maximumArguments else { return }
        calls[index].arguments += arguments
    }
}

// SPDX-License-Identifier: Apache-2.0

import OutboundHTTP
import Synchronization
import TestSupport

/// A service with OpenAI's interface that takes nothing but what the interface's reference describes.
///
/// What it refuses it answers with 400 and remembers, so that a test can hold that it refused nothing.
final class ServiceTwin: Sendable {
    static let key = "sk-test-0123456789"

    /// What it answers to a request that it takes.
    enum Answer: Sendable {
        /// Text of a model, a chunk for each piece, and the tools that it calls.
        case chat([String], tools: [Tool] = [])
        /// What was recognized.
        case transcript(String)
        /// Bare samples.
        case samples([Int16])
        /// Anything else.
        case reply(LoopbackHTTPServer.Reply)
    }

    /// A tool that the model calls, its arguments in pieces.
    struct Tool: Sendable {
        var name: String
        var arguments: [String]
    }

    private struct State {
        var requests: [ServiceRequest] = []
        var refusals: [String] = []
        var abandoned = 0
    }

    private let state = Mutex(State())
    private let plan: @Sendable (_ request: ServiceRequest, _ number: Int) -> Answer

    /// The requests that it took.
    var requests: [ServiceRequest] { state.withLock { $0.requests } }
    /// Why it refused others.
    var refusals: [String] { state.withLock { $0.refusals } }
    /// Answers that nobody waited for to their end.
    var abandoned: Int { state.withLock { $0.abandoned } }

    /// A service.
    ///
    /// - Parameter plan: what is answered to a request, which is the `number`th of its path, from 0.
    init(_ plan: @escaping @Sendable (_ request: ServiceRequest, _ number: Int) -> Answer) { self.plan = plan }

    /// Answers a request.
    func answer(_ request: LoopbackHTTPServer.Request) -> LoopbackHTTPServer.Reply {
        do {
            let taken = try ServiceRequest(request)
            let number = state.withLock { state in
                defer { state.requests.append(taken) }
                return state.requests.count { $0.path == taken.path }
            }
            return Self.reply(plan(taken, number))
        } catch let refusal as Refusal {
            state.withLock { $0.refusals.append(refusal.reason) }
            return .text(#"{"error":{"message":"\#(refusal.reason)","type":"invalid_request_error"}}"#, status: 400)
        } catch {
            state.withLock { $0.refusals.append("\(error)") }
            return .text("{}", status: 400)
        }
    }

    func abandon() { state.withLock { $0.abandoned += 1 } }

    private static func reply(_ answer: Answer) -> LoopbackHTTPServer.Reply {
        switch answer {
        case .chat(let texts, let tools): events(chunks(texts, tools) + ["[DONE]"])
        case .transcript(let text):
            LoopbackHTTPServer.Reply.text(#"{"text":"\#(text)"}"#, type: "application/json")
        case .samples(let samples):
            LoopbackHTTPServer.Reply(200, [("Content-Type", "audio/pcm")], pieces(of: bytes(samples)))
        case .reply(let reply): reply
        }
    }

    /// An event stream of these data lines, a comment before them.
    static func events(_ data: [String], end: LoopbackHTTPServer.Reply.End = .whole) -> LoopbackHTTPServer.Reply {
        let text = ": waiting\n\n" + data.map { "data: \($0)\n\n" }.joined()
        // Cut without regard to lines and characters.
        let pieces = pieces(of: Array(text.utf8))
        return LoopbackHTTPServer.Reply(200, [("Content-Type", "text/event-stream; charset=utf-8")], pieces, end: end)
    }

    /// The chunks of an answer as OpenAI's service sends them: the role first, the reason of the end, then figures alone.
    static func chunks(_ texts: [String], _ tools: [Tool] = []) -> [String] {
        var deltas = [#"{"role":"assistant","content":"","refusal":null}"#]
        deltas += texts.map { #"{"content":"\#($0)"}"# }
        for (index, tool) in tools.enumerated() {
            deltas.append(
                #"{"tool_calls":[{"index":\#(index),"id":"call_\#(index)","type":"function","#
                    + #""function":{"name":"\#(tool.name)","arguments":""}}]}"#
            )
            for piece in tool.arguments {
                let escaped = piece.replacing("\"", with: "\\\"")
                deltas.append(#"{"tool_calls":[{"index":\#(index),"function":{"arguments":"\#(escaped)"}}]}"#)
            }
        }
        let head = #"{"id":"chatcmpl-1","object":"chat.completion.chunk","created":1,"model":"m","#
        var chunks = deltas.map { head + #""choices":[{"index":0,"delta":\#($0),"finish_reason":null}]}"# }
        let reason = tools.isEmpty ? "stop" : "tool_calls"
        chunks.append(head + #""choices":[{"index":0,"delta":{},"finish_reason":"\#(reason)"}]}"#)
        chunks.append(head + #""choices":[],"usage":{"prompt_tokens":9,"completion_tokens":9,"total_tokens":18}}"#)
        return chunks
    }

    static func bytes(_ samples: [Int16]) -> [UInt8] {
        samples.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8(truncatingIfNeeded: $0 >> 8)] }
    }

    /// Pieces of 1, 2, 3 … bytes, over and over up to 601.
    static func pieces(of bytes: [UInt8]) -> [[UInt8]] {
        var pieces: [[UInt8]] = []
        var start = 0
        while start < bytes.count {
            let length = 1 + pieces.count * 50 % 601
            pieces.append(Array(bytes[start..<min(bytes.count, start + length)]))
            start += length
        }
        return pieces
    }
}

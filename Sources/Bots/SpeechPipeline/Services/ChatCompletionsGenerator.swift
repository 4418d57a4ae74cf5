// SPDX-License-Identifier: Apache-2.0

import Dialects
package import OutboundHTTP
public import VoiceBridge

/// Replies by a language model behind OpenAI's `chat/completions`, streamed.
///
/// The model knows the conversation as far as the caller heard it. It may connect the caller to the places it is told of, and
/// end the call; both happen once its words were heard.
public struct ChatCompletionsGenerator: ReplyGenerator {
    private let settings: ChatCompletionsSettings
    private let client: ServiceClient

    /// A generator with connections of its own.
    public init(_ settings: ChatCompletionsSettings) { self.init(settings, client: URLSessionClient()) }

    /// A generator whose requests a client carries.
    package init(_ settings: ChatCompletionsSettings, client: any HTTPClient) {
        self.settings = settings
        self.client = ServiceClient(service: settings.service, client: client)
    }

    /// Writes the reply as the model finds it.
    ///
    /// - Throws: ``SpeechServiceError``; an error of the connection; `CancellationError`.
    public func reply(
        to occasion: ReplyOccasion,
        in conversation: SpokenConversation,
        into reply: ReplyWriter
    ) async throws {
        switch occasion {
        case .callBegan:
            let line = conversation.start.openingLine ?? settings.greeting
            if let line { return try await reply.write(line) }
            guard settings.speaksFirst else { return }
        case .silent(let times) where times > settings.patience:
            try await reply.write(settings.farewell, interruption: .protected)
            return try await reply.then(.hangUp)
        case .said, .notUnderstood, .pressed, .silent: break
        }
        try await ask(ChatRequest(settings: settings).body(for: occasion, in: conversation), into: reply)
    }

    private func ask(_ body: [UInt8], into reply: ReplyWriter) async throws {
        let response = try await client.post("/chat/completions", type: "application/json", body)
        let type = response.fields["Content-Type"] ?? ""
        guard type.hasPrefix("text/event-stream") else {
            throw SpeechServiceError(.notAStream(type.prefixed(toBytes: 64)))
        }
        var reader = ChatStreamReader(words: client.words)
        for try await piece in response.body {
            for text in try reader.read(piece) { try await reply.write(text) }
        }
        // A body ends without an error when its reader is cancelled.
        try Task.checkCancellation()
        guard reader.isDone else { throw SpeechServiceError(.brokenOff) }
        for call in reader.calls { try await reply.then(try action(of: call)) }
    }

    private func action(of call: ChatStreamReader.ToolCall) throws(SpeechServiceError) -> ReplyAction {
        switch call.name {
        case "hang_up" where settings.mayHangUp: return .hangUp
        case "transfer" where !settings.transfers.isEmpty:
            let arguments = try? JSONDocument.parse(Array(call.arguments.utf8))
            let name = arguments?["destination"]?.string ?? ""
            guard let target = settings.transfers[name] else {
                throw SpeechServiceError(.unknownDestination(name.prefixed(toBytes: 64)))
            }
            return .transfer(target)
        default: throw SpeechServiceError(.unknownTool(call.name.prefixed(toBytes: 64)))
        }
    }
}

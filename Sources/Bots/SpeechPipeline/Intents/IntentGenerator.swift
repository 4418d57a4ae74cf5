// SPDX-License-Identifier: Apache-2.0

package import VoiceBridge

/// Replies by a table of intents.
package struct IntentGenerator: ReplyGenerator {
    /// After so many silences on end the call ends.
    private static let patience = 2

    private let table: IntentTable

    package init(_ table: IntentTable) { self.table = table }

    package func expectation(in conversation: SpokenConversation) -> SpeechExpectation {
        SpeechExpectation(phrases: table.phrases, language: conversation.start.language)
    }

    package func reply(
        to occasion: ReplyOccasion,
        in conversation: SpokenConversation,
        into reply: ReplyWriter
    ) async throws {
        switch occasion {
        case .callBegan: try await reply.write(conversation.start.openingLine ?? table.greeting)
        case .said(let words): try await answer(table.intent(for: words.text), in: conversation, into: reply)
        case .pressed(let digit): try await answer(table.intent(for: digit), in: conversation, into: reply)
        case .notUnderstood: try await reply.write(table.notUnderstood)
        case .silent(let times) where times > Self.patience:
            try await reply.write(table.farewell, interruption: .protected)
            try await reply.then(.hangUp)
        case .silent: try await reply.write(table.silence)
        }
    }

    private func answer(
        _ intent: Intent?,
        in conversation: SpokenConversation,
        into reply: ReplyWriter
    ) async throws {
        guard let intent else { return try await reply.write(table.notUnderstood) }
        // Who is connected or says goodbye has decided: nothing is to be interrupted any more.
        let interruption: InterruptionPolicy = intent.action == nil ? .allowed : .protected
        try await reply.write(intent.reply, interruption: interruption)
        if intent.isRepetition { try await reply.write(" " + lastReply(in: conversation)) }
        if let action = intent.action { try await reply.then(action) }
    }

    /// What the bot said last, whole: the reply to the last thing that was said and not a wish to hear it again.
    private func lastReply(in conversation: SpokenConversation) -> String {
        for line in conversation.lines.reversed() where line.speaker == .bot {
            let replies = table.intents.filter { !$0.isRepetition }.map(\.reply)
            if let reply = replies.first(where: { $0 == line.text || (line.isCutOff && $0.hasPrefix(line.text)) }) {
                return reply
            }
        }
        return table.greeting
    }
}

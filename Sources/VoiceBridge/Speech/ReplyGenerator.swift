// SPDX-License-Identifier: Apache-2.0

/// Decides what a bot says: a language model, a table, a program.
///
/// One value serves all calls of a bot, several at a time; what it must know of a call comes with each request.
public protocol ReplyGenerator: Sendable {
    /// What the bot expects to hear at this point of the conversation. Default: anything.
    func expectation(in conversation: SpokenConversation) -> SpeechExpectation

    /// Writes the reply to what just happened.
    ///
    /// Write text as it comes: each sentence is spoken as soon as it is complete. The bot asks as soon as the caller falls
    /// silent, before it is certain that the caller is done; if the caller goes on, the task is cancelled and nothing of the
    /// reply is heard. So leave effects that cannot be taken back to ``ReplyWriter/then(_:)``. When the task is cancelled,
    /// return or throw at once.
    ///
    /// - Parameters:
    ///   - occasion: what is to be answered.
    ///   - conversation: the call and what was said in it so far, as far as it was heard. The caller's words of the occasion
    ///     are its last line.
    ///   - reply: takes the reply. Writing nothing says nothing.
    /// - Throws: whatever keeps it from answering; the caller hears an apology, and the call goes on.
    func reply(
        to occasion: ReplyOccasion,
        in conversation: SpokenConversation,
        into reply: ReplyWriter
    ) async throws
}

extension ReplyGenerator {
    /// Anything, in the call's language.
    public func expectation(in conversation: SpokenConversation) -> SpeechExpectation {
        SpeechExpectation(language: conversation.start.language)
    }
}

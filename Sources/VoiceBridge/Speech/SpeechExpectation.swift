// SPDX-License-Identifier: Apache-2.0

/// What a bot expects to hear next.
///
/// A recognizer with a grammar recognizes these phrases and nothing else; one that knows a whole language takes them as hints.
public struct SpeechExpectation: Sendable, Equatable {
    /// Phrases that are likely, in lower case without punctuation; empty for anything.
    public var phrases: [String]
    /// The language, as the platform or the bot names it, such as `en-IN`; nil for the recognizer's own.
    public var language: String?

    /// What to expect.
    ///
    /// - Parameters:
    ///   - phrases: likely phrases; empty for anything.
    ///   - language: the language; nil for the recognizer's own.
    public init(phrases: [String] = [], language: String? = nil) {
        self.phrases = phrases
        self.language = language
    }
}

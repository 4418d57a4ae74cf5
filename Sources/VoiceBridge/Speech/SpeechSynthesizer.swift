// SPDX-License-Identifier: Apache-2.0

/// Turns text into speech.
///
/// One value serves all calls of a bot, several at a time. A synthesizer that computes does so on a bounded number of threads of
/// its own; a bot's thread is for waiting.
public protocol SpeechSynthesizer: Sendable {
    /// Speaks one sentence.
    ///
    /// Write audio as it comes: it is played as soon as it is there. Writing waits while the caller has more than enough to
    /// hear. When the task is cancelled, return or throw at once.
    ///
    /// - Parameters:
    ///   - text: a sentence, or a few short ones.
    ///   - language: the call's language, as the platform names it; nil when it does not say.
    ///   - speech: takes the audio.
    /// - Throws: whatever keeps it from speaking; the caller hears an apology, and the call goes on.
    func speak(_ text: String, language: String?, into speech: SpeechWriter) async throws
}

// SPDX-License-Identifier: Apache-2.0

public import CallModel

/// Turns what a caller says into text.
///
/// One value serves all calls of a bot, several at a time. A recognizer that computes does so on a bounded number of threads of
/// its own; a bot's thread is for waiting.
public protocol SpeechRecognizer: Sendable {
    /// The audio that it wants to hear. Default: 16-bit linear PCM, 16 kHz, mono.
    var audioFormat: AudioFormat { get }

    /// Recognizes one turn of a caller.
    ///
    /// The audio comes as the caller speaks and ends when the caller has fallen silent; the transcript is then expected
    /// soon. A caller who goes on after a pause is recognized anew from the beginning of the turn. When the task is
    /// cancelled, return or throw at once: nobody waits for the result any more.
    ///
    /// - Parameters:
    ///   - speech: the caller's audio, in ``audioFormat``.
    ///   - expectation: what the bot expects to hear.
    /// - Returns: what was said; an empty transcript when nothing was understood.
    /// - Throws: whatever keeps it from recognizing; the caller hears an apology, and the call goes on.
    func recognize(_ speech: CallerSpeech, expecting expectation: SpeechExpectation) async throws -> Transcript
}

extension SpeechRecognizer {
    /// 16-bit linear PCM, 16 kHz, mono.
    public var audioFormat: AudioFormat { .linear16kHz }
}

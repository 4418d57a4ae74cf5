// SPDX-License-Identifier: Apache-2.0

#if OfflineSpeech
package import VoiceBridge

/// Recognizes phrases of American English by PocketSphinx, on a few threads of its own.
///
/// It knows the phrases that a bot expects and tells most other speech from them; it does not know a language. A turn is
/// recognized once it has ended, in about a twentieth of its length.
package final class SphinxRecognizer: SpeechRecognizer {
    /// Where Debian's pocketsphinx-en-us has the model.
    package static let defaultModel = "/usr/share/pocketsphinx/model/en-us"
    /// The longest turn that is recognized; of a longer one the end.
    private static let longest = 20 * 16_000

    private let pool: WorkerPool<SphinxDecoder>

    /// A recognizer.
    ///
    /// - Parameters:
    ///   - model: folder of the acoustic model and the dictionary.
    ///   - threads: how many turns are recognized at a time; each takes memory of its own.
    ///   - phrases: phrases that will be expected, to find words unknown to the dictionary before a call does.
    /// - Throws: ``OfflineSpeechError`` when the model cannot be read or does not know a word.
    package init(model: String, threads: Int, phrases: [[String]]) throws {
        let first = try SphinxDecoder(folder: model)
        for phrases in phrases where !phrases.isEmpty { try first.check(phrases) }
        pool = WorkerPool(count: threads, limit: threads * 16, first: first) { try SphinxDecoder(folder: model) }
    }

    package func recognize(
        _ speech: CallerSpeech,
        expecting expectation: SpeechExpectation
    ) async throws -> Transcript {
        let samples = Array(await speech.samples().suffix(Self.longest))
        try Task.checkCancellation()
        guard !expectation.phrases.isEmpty else { throw OfflineSpeechError.noPhrases }
        let text = try await pool.run { decoder, isCancelled in
            try decoder.recognize(samples, as: expectation.phrases, isCancelled: isCancelled)
        }
        return Transcript(text ?? "")
    }
}
#endif

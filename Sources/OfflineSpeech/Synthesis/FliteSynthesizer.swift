// SPDX-License-Identifier: Apache-2.0

#if OfflineSpeech
package import VoiceBridge

/// Speaks American English by flite, 16 kHz, on a thread of its own.
///
/// The library keeps state of its process, so that one sentence is made at a time. It makes some fifty seconds of speech in one.
package final class FliteSynthesizer: SpeechSynthesizer {
    private let pool: WorkerPool<FliteVoice>

    /// A synthesizer.
    ///
    /// - Parameter voice: `slt`, a woman's, or `rms`, a man's.
    /// - Throws: ``OfflineSpeechError`` when there is no such voice.
    package init(voice: String) throws {
        guard FliteVoice.names.contains(voice) else { throw OfflineSpeechError.noVoice(voice) }
        pool = WorkerPool(count: 1, limit: 256) { try FliteVoice(voice) }
    }

    package func speak(_ text: String, language: String?, into speech: SpeechWriter) async throws {
        let (samples, rate) = try await pool.run { voice, _ in try voice.speak(text) }
        let piece = rate / 5
        for start in stride(from: 0, to: samples.count, by: piece) {
            let part = Array(samples[start..<min(samples.count, start + piece)])
            guard let chunk = AudioChunk(samples: part, sampleRate: rate) else {
                throw OfflineSpeechError.failed("converting speech of \(rate) Hz")
            }
            try await speech.write(chunk)
        }
    }
}
#endif

// SPDX-License-Identifier: Apache-2.0

import Synchronization
import VoiceBridge

/// What a caller hears when a turn failed: spoken once by the synthesizer, and kept for all calls.
///
/// Until a synthesizer could speak it, two low tones stand for it.
final class Apology: Sendable {
    private let text: String
    private let synthesizer: any SpeechSynthesizer
    private let limit: Duration
    private let clock: PipelineClock
    private let spoken = Mutex<Prompt?>(nil)

    init(_ text: String, synthesizer: any SpeechSynthesizer, limit: Duration, clock: PipelineClock) {
        self.text = text
        self.synthesizer = synthesizer
        self.limit = limit
        self.clock = clock
    }

    /// The apology as it is at this moment.
    var prompt: Prompt { spoken.withLock { $0 } ?? Self.tones }

    /// Speaks the apology unless it was spoken before.
    func prepare(language: String?) async {
        guard spoken.withLock({ $0 == nil }), !text.isEmpty else { return }
        let audio = Mutex<(samples: [Int16], rate: Int)>(([], 0))
        let writer = SpeechWriter { chunk in
            audio.withLock { audio in
                audio.samples += chunk.samples
                audio.rate = chunk.format.sampleRate
            }
        }
        let work: @Sendable () async throws -> Void = { [synthesizer, text] in
            try await synthesizer.speak(text, language: language, into: writer)
        }
        guard (try? await Deadline(limit, clock: clock).watch(work, late: {})) != nil else { return }
        let (samples, rate) = audio.withLock { $0 }
        guard !samples.isEmpty, let chunk = AudioChunk(samples: samples, sampleRate: rate) else { return }
        spoken.withLock { $0 = Prompt(chunk, text: text) }
    }

    private static let tones: Prompt = {
        let tone = AudioChunk.tone(frequency: 330, duration: .milliseconds(300), level: -18)
        return Prompt(tone)
    }()
}

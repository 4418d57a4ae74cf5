// SPDX-License-Identifier: Apache-2.0

internal import Synchronization
internal import VoiceBridge

/// Gathers the audio of one text.
final class SpeechCollector: Sendable {
    private struct State {
        var samples: [Int16] = []
        var rate: Int?
    }

    private let state = Mutex(State())

    /// Takes a piece.
    @Sendable func take(_ chunk: AudioChunk) async throws {
        try state.withLock { state in
            guard state.rate == nil || state.rate == chunk.format.sampleRate else {
                throw FlowError(description: "the synthesizer changed its rate within a text")
            }
            guard state.samples.count + chunk.sampleCount <= SpeechCache.maximumSamples else {
                throw FlowError(description: "the synthesizer made more than five minutes of one text")
            }
            state.rate = chunk.format.sampleRate
            state.samples += chunk.samples
        }
    }

    /// All of it.
    func prompt(text: String) throws -> Prompt {
        let (samples, rate) = state.withLock { ($0.samples, $0.rate) }
        guard let rate, let audio = AudioChunk(samples: samples, sampleRate: rate) else {
            throw FlowError(description: "the synthesizer made no sound")
        }
        return Prompt(audio, text: text)
    }
}

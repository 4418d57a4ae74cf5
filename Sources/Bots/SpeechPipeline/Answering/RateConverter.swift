// SPDX-License-Identifier: Apache-2.0

import Synchronization
import TelephonyAudio
import VoiceBridge

/// Brings one sentence's audio to the rate of the call.
final class RateConverter: Sendable {
    private let target: AudioFormat
    private let resampler = Mutex<Resampler?>(nil)

    init(to target: AudioFormat) { self.target = target }

    /// The chunk at the call's rate, in pieces that are no longer than 100 ms.
    func convert(_ chunk: AudioChunk) -> [AudioChunk] {
        var samples = chunk.samples
        if chunk.format.sampleRate != target.sampleRate { samples = resample(samples, from: chunk.format.sampleRate) }
        let length = target.sampleRate / 10
        return stride(from: 0, to: samples.count, by: length).compactMap { start in
            let piece = samples[start..<min(samples.count, start + length)]
            return AudioChunk(samples: Array(piece), sampleRate: target.sampleRate)
        }
    }

    private func resample(_ samples: [Int16], from rate: Int) -> [Int16] {
        resampler.withLock { resampler in
            if resampler?.source.rawValue != rate {
                guard let source = SampleRate(rawValue: rate), let rate = SampleRate(rawValue: target.sampleRate) else {
                    return samples
                }
                resampler = Resampler(from: source, to: rate)
            }
            let room = resampler?.outputCount(for: samples.count) ?? 0
            var output = [Int16](repeating: 0, count: room)
            var span = output.mutableSpan
            _ = resampler?.process(samples.span, into: &span)
            return output
        }
    }
}

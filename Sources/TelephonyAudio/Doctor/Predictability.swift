// SPDX-License-Identifier: Apache-2.0
#if canImport(Musl)
import Musl
#else
import Glibc
#endif

/// How well the samples of a stream, under one reading of its bytes, are foretold by the two samples before them.
///
/// Speech, music and tones are foretold well, by 8 dB and more; bytes read wrongly are not, and noise never is.
struct Predictability: Sendable {
    /// Blocks that were not silent.
    private(set) var blocks = 0
    private var sum: Float = 0

    /// Mean gain of the prediction over those blocks, decibels.
    var gain: Float { sum / Float(max(blocks, 1)) }

    /// Takes a block of samples; blocks under −50 dBFS say nothing.
    mutating func add(_ samples: Span<Float>) {
        var mean: Float = 0
        for index in samples.indices { mean += samples[index] }
        mean /= Float(samples.count)
        var (power, first, second): (Float, Float, Float) = (0, 0, 0)
        var (previous, beforeThat): (Float, Float) = (0, 0)
        for index in samples.indices {
            let sample = samples[index] - mean
            power += sample * sample
            first += sample * previous
            second += sample * beforeThat
            (previous, beforeThat) = (sample, previous)
        }
        guard power > 10_000 * Float(samples.count) else { return }
        // Levinson's recursion, two steps.
        let one = first / power
        let left = max(1 - one * one, 1e-6)
        let two = (second / power - one * one) / left
        sum -= 10 * log10(max(left * (1 - two * two), 1e-6))
        blocks += 1
    }
}

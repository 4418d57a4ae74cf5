// SPDX-License-Identifier: Apache-2.0
#if canImport(Musl)
import Musl
#else
import Glibc
#endif

/// How well the samples of a stream, under one reading of its bytes, are foretold by the two samples before them,
/// compared block by block with the reading that was declared.
///
/// Speech, music and tones are foretold best under the right reading, in nearly every block and by 2 dB and more on
/// the average; noise is foretold under none. Only blocks that sound under both readings are compared, since a pause
/// of one reading is a steady tone of another.
struct Predictability: Sendable {
    /// Gains beyond this, of tones, say no more.
    private static let greatest: Float = 30

    /// Blocks that sound under this reading and the declared one.
    private(set) var blocks = 0
    private var sum: Float = 0
    private var lead: Float = 0

    /// Mean gain of the prediction, decibels.
    var gain: Float { sum / Float(max(blocks, 1)) }
    /// By how much that is more than under the declared reading, decibels.
    var advantage: Float { lead / Float(max(blocks, 1)) }

    /// Takes the gains of a block under this reading and the declared one, nil where it is silent.
    mutating func add(_ own: Float?, declared: Float?) {
        guard let own, let declared else { return }
        sum += min(own, Self.greatest)
        lead += min(own, Self.greatest) - min(declared, Self.greatest)
        blocks += 1
    }

    /// The gain of predicting a block, decibels; nil under −50 dBFS, where there is nothing to foretell.
    static func gain(of samples: Span<Float>) -> Float? {
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
        guard power > 10_000 * Float(samples.count) else { return nil }
        // Levinson's recursion, two steps.
        let one = first / power
        let left = max(1 - one * one, 1e-6)
        let two = (second / power - one * one) / left
        return -10 * log10(max(left * (1 - two * two), 1e-6))
    }
}

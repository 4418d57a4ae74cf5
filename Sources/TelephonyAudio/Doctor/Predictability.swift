// SPDX-License-Identifier: Apache-2.0
internal import CAudioKernels

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

    /// The most samples of a block.
    static let most = Int(audio_kernels_predictability_most)
    private static let usesKernel = audio_kernels_available() != 0

    /// The gain of predicting a block, decibels; nil under −50 dBFS, where there is nothing to foretell.
    ///
    /// `plainly` leaves the vector kernels aside, which gives the same bits.
    static func gain(of samples: Span<Int16>, plainly: Bool = false) -> Float? {
        let sums = SampleSums(samples, plainly: plainly)
        guard sums.count > 0, sums.count <= most else { return nil }
        let mean = Float(Double(sums.sum) / Double(sums.count))
        var products = InlineArray<3, Float>(repeating: 0)
        var found = products.mutableSpan
        // Neither pointer is kept, and the count was compared.
        unsafe samples.withUnsafeBufferPointer { samples in
            unsafe found.withUnsafeMutableBufferPointer { found in
                guard let samples = samples.baseAddress, let target = found.baseAddress else { return }
                if usesKernel, !plainly {
                    unsafe audio_kernels_predictability(samples, sums.count, mean, target)
                } else {
                    unsafe audio_kernels_predictability_plainly(samples, sums.count, mean, target)
                }
            }
        }
        let (power, first, second) = (products[0], products[1], products[2])
        guard power > 10_000 * Float(sums.count) else { return nil }
        // Levinson's recursion, two steps.
        let one = first / power
        let left = max(1 - one * one, 1e-6)
        let two = (second / power - one * one) / left
        return -10 * log10(max(left * (1 - two * two), 1e-6))
    }
}

// SPDX-License-Identifier: Apache-2.0
#if canImport(Musl)
import Musl
#else
import Glibc
#endif

/// What the line sounds like without speech: the noise in six bands, and how much it fluctuates.
///
/// A frame's *excess* is the logarithm of its power over the noise's, in nepers of power, averaged over bands each
/// divided by its own noise; so a hiss that has been learnt counts as little in its band as silence elsewhere. The
/// threshold for speech stands above the mean excess by a fixed part and by a part in proportion to the excess's own
/// spread without speech: a steady hiss is left by 3 dB, voices in the background only by 6 or more.
///
/// The noise follows what is held to be no speech. Besides, no band's noise stays below 1.3 times the smallest power
/// of the last 1.5 s, so that a noise that has become louder for good is learnt even though it looked like speech.
struct NoiseModel: Sendable {
    private static let base: Float = 0.358
    private static let spreadShare: Float = 1.271
    private static let spreadLimits: ClosedRange<Float> = 0.137...0.7
    /// Fraction of the way from mean to threshold at which speech that is going on ends.
    private static let releaseShare: Float = 0.61
    /// Frames of a block of minima; three are kept.
    private static let blockFrames = 25
    /// Frames after which a minimum means something.
    private static let earliest = 10

    private var noise = SIMD8<Float>(400, 400, 400, 400, 400, 400, 1, 1)
    private var smoothed = SIMD8<Float>()
    private var mean: Float = 0
    private var variance: Float = 0.09
    private var minima = InlineArray<3, SIMD8<Float>>(repeating: .init(repeating: .greatestFiniteMagnitude))
    private var current = SIMD8<Float>(repeating: .greatestFiniteMagnitude)
    private var frames = 0

    /// The last frame's excess over the noise.
    private(set) var excess: Float = 0
    /// What it was compared with.
    private(set) var threshold: Float = 0

    /// Mean power of the noise, 16-bit scale.
    var power: Float { (noise.sum() - 2) / Float(BandPowers.count) }
    /// The excess above which speech is held to go on.
    var release: Float { mean + Self.releaseShare * (threshold - mean) }

    /// Compares a frame with the noise.
    mutating func observe(_ bands: SIMD8<Float>) {
        // −73 dBFS, under which differences mean nothing.
        let raised = bands + SIMD8<Float>(60, 60, 60, 60, 60, 60, 0, 0)
        smoothed = frames == 0 ? raised : smoothed + 0.4 * (raised - smoothed)
        current = pointwiseMin(current, smoothed)
        frames += 1
        if frames % Self.blockFrames == 0 {
            (minima[0], minima[1], minima[2]) = (minima[1], minima[2], current)
            current = .init(repeating: .greatestFiniteMagnitude)
        }
        if frames >= Self.earliest {
            var least = pointwiseMin(pointwiseMin(minima[0], minima[1]), pointwiseMin(minima[2], current)) * 1.3
            (least[6], least[7]) = (0, 0)
            noise += 0.15 * pointwiseMax(least - noise, SIMD8())
        }
        excess = log((raised / noise).sum() / Float(BandPowers.count))
        let spread = min(max(variance.squareRoot(), Self.spreadLimits.lowerBound), Self.spreadLimits.upperBound)
        threshold = mean + Self.base + Self.spreadShare * spread
    }

    /// Learns from the frame just compared.
    mutating func learn(_ bands: SIMD8<Float>, isSpeech: Bool) {
        let raised = bands + SIMD8<Float>(60, 60, 60, 60, 60, 60, 1, 1)
        let difference = raised - noise
        let share: Float
        if isSpeech {
            noise += pointwiseMin(difference, SIMD8()) * 0.043
            noise += pointwiseMax(pointwiseMin(difference, noise), SIMD8()) * 0.004
            // What is barely speech may be the noise's own fluctuation.
            share = excess < threshold + 0.833 ? 0.0034 : 0
        } else {
            noise += pointwiseMin(difference, 3 * noise) * 0.043
            share = 0.031
        }
        let deviation = excess - mean
        mean = min(max(mean + share * deviation, -0.3), 0.5)
        variance += share * (deviation * deviation - variance)
    }
}

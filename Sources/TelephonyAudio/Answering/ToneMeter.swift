// SPDX-License-Identifier: Apache-2.0
#if canImport(Musl)
import Musl
#else
import Glibc
#endif

/// Measures, every 10 ms of an 8 kHz stream, whether the last 20 ms are one steady sine, and which.
struct ToneMeter: Sendable {
    /// What 20 ms hold.
    struct Measure: Sendable {
        /// Mean square, 16-bit scale.
        var power: Float
        /// Hertz of the sine that is most of it; nil when none is.
        var frequency: Float?
    }

    /// Samples from one measure to the next.
    static let hop = 80
    private static let window = 160
    /// The sine's share of the power; a tone 10 dB above noise has 0.91.
    private static let neededShare: Float = 0.85

    private var recent = [Float](repeating: 0, count: window)
    private var filled = window - hop

    /// Takes the next sample; true when a measure is due.
    @inline(__always)
    mutating func take(_ sample: Int16) -> Bool {
        recent[filled] = Float(sample)
        filled += 1
        return filled == Self.window
    }

    /// Measures the last 20 ms, and moves on.
    mutating func measure() -> Measure {
        defer {
            for index in 0..<Self.window - Self.hop { recent[index] = recent[index + Self.hop] }
            filled = Self.window - Self.hop
        }
        var (power, first, second): (Float, Float, Float) = (0, 0, 0)
        let samples = recent.span
        for index in 0..<Self.window - 2 {
            power += samples[index] * samples[index]
            first += samples[index] * samples[index + 1]
            second += samples[index] * samples[index + 2]
        }
        let mean = power / Float(Self.window - 2)
        guard mean > 1 else { return Measure(power: mean, frequency: nil) }
        // Pisarenko's estimate of a sine in white noise, from the correlations of lag one and two.
        let root = (second * second + 8 * first * first).squareRoot()
        let cosine = first == 0 ? 0 : (second + root) / (4 * first)
        guard abs(cosine) < 1 else { return Measure(power: mean, frequency: nil) }
        let coarse = acos(cosine)
        let early = project(onto: coarse, from: 0)
        let late = project(onto: coarse, from: Self.hop)
        // How far the sine turned beyond the estimate from one half to the other.
        let turn = atan2(
            late.imaginary * early.real - late.real * early.imaginary,
            late.real * early.real + late.imaginary * early.imaginary
        )
        let frequency = coarse + turn / Float(Self.hop)
        let exact = project(onto: frequency, from: 0, count: Self.window)
        // A sine of amplitude a projects to a/2 for each sample, and its power is a²/2.
        let sine = 2 * (exact.real * exact.real + exact.imaginary * exact.imaginary)
        guard sine >= Self.neededShare * mean else { return Measure(power: mean, frequency: nil) }
        return Measure(power: mean, frequency: frequency * 8000 / (2 * .pi))
    }

    /// The mean of the samples turned back by a frequency in radians per sample.
    private func project(onto frequency: Float, from start: Int, count: Int = hop) -> (real: Float, imaginary: Float) {
        let (stepReal, stepImaginary) = (cos(frequency), -sin(frequency))
        // Phases count from the window's beginning in both halves.
        var (real, imaginary) = (cos(frequency * Float(start)), -sin(frequency * Float(start)))
        var (sumReal, sumImaginary): (Float, Float) = (0, 0)
        let samples = recent.span
        for index in start..<start + count {
            sumReal += samples[index] * real
            sumImaginary += samples[index] * imaginary
            (real, imaginary) = (
                real * stepReal - imaginary * stepImaginary, real * stepImaginary + imaginary * stepReal
            )
        }
        return (sumReal / Float(count), sumImaginary / Float(count))
    }
}

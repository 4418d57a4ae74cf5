// SPDX-License-Identifier: Apache-2.0
import Glibc

/// A sine of a test signal.
package struct Tone: Equatable, Sendable {
    /// Hertz.
    package var frequency: Double
    /// Peak on the 16-bit scale.
    package var amplitude: Double
    /// Radians at sample 0.
    package var phase: Double

    package init(frequency: Double, amplitude: Double, phase: Double = 0) {
        self.frequency = frequency
        self.amplitude = amplitude
        self.phase = phase
    }

    /// The tones of these frequencies at equal levels and with phases that keep the sum's peak low, which is scaled
    /// to −3 dBFS by `samples(of:rate:count:)`.
    package static func together(_ frequencies: [Double]) -> [Tone] {
        let amplitude = 23170 / Double(frequencies.count)
        return frequencies.enumerated().map { index, frequency in
            // Schroeder's phases.
            let phase = -Double.pi * Double(index * index) / Double(frequencies.count)
            return Tone(frequency: frequency, amplitude: amplitude, phase: phase)
        }
    }

    /// The sum of tones, unrounded.
    package static func sum(of tones: [Tone], rate: Int, count: Int) -> [Double] {
        var sum = [Double](repeating: 0, count: count)
        for tone in tones {
            let step = 2 * Double.pi * tone.frequency / Double(rate)
            for index in 0..<count { sum[index] += tone.amplitude * sin(step * Double(index) + tone.phase) }
        }
        return sum
    }

    /// The sum of tones rounded to 16 bits, without dither.
    package static func samples(of tones: [Tone], rate: Int, count: Int) -> [Int16] {
        sum(of: tones, rate: rate, count: count).map { Int16($0.rounded()) }
    }
}

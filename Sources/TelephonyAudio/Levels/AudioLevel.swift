// SPDX-License-Identifier: Apache-2.0
#if canImport(Musl)
import Musl
#else
import Glibc
#endif

/// Peak and root mean square of some samples.
package struct AudioLevel: Equatable, Sendable {
    /// Number of samples looked at.
    package private(set) var sampleCount = 0
    /// Largest magnitude, 0…32768.
    package private(set) var peak = 0
    /// Sum of the squares.
    private var energy: UInt64 = 0

    /// The level of nothing yet.
    package init() {}

    /// The level of these samples.
    package init(_ samples: Span<Int16>) {
        add(samples)
    }

    /// Takes further samples into account.
    package mutating func add(_ samples: Span<Int16>) {
        for index in samples.indices {
            let value = Int32(samples[index])
            peak = max(peak, Int(abs(value)))
            energy &+= UInt64(value.magnitude) * UInt64(value.magnitude)
        }
        sampleCount += samples.count
    }

    /// The peak in dBFS, 0 for ±32768; −infinity for silence.
    package var peakDecibels: Double { 20 * log10(Double(peak) / 32768) }

    /// The root mean square on the 16-bit scale, 0…32768; 0 for no samples.
    package var rootMeanSquare: Double {
        sampleCount == 0 ? 0 : (Double(energy) / Double(sampleCount)).squareRoot()
    }

    /// The root mean square in dBFS: 0 for a full-scale square wave, −3 for a full-scale sine; −infinity for silence.
    package var rmsDecibels: Double { 20 * log10(rootMeanSquare / 32768) }
}

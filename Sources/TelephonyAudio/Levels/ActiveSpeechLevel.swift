// SPDX-License-Identifier: Apache-2.0
#if canImport(Musl)
import Musl
#else
import Glibc
#endif

/// The level of speech while there is speech, and the share of time that is (ITU-T P.56, method B).
///
/// The envelope, smoothed twice with 30 ms, is compared with fifteen thresholds an octave apart; a threshold counts
/// as exceeded for 200 ms longer. The active level is where the level over the counted time lies 15.9 dB above the
/// threshold, interpolated between two thresholds. Pauses within speech count, silence does not.
package struct ActiveSpeechLevel: Sendable {
    private static let thresholdCount = 15
    /// Active level over its threshold, dB.
    private static let margin = 15.9

    private let smoothing: Double
    private let hangOver: Int
    private var first = 0.0
    private var envelope = 0.0
    private var energy = 0.0
    /// Samples counted for each threshold, and for how many more each will be.
    private var counts = [Int](repeating: 0, count: thresholdCount)
    private var hanging = [Int](repeating: 0, count: thresholdCount)
    /// Number of samples heard.
    package private(set) var sampleCount = 0

    /// A meter for one stream of `rate` hertz.
    package init(rate: Int) {
        smoothing = exp(-1 / (0.03 * Double(rate)))
        hangOver = rate / 5
    }

    /// Takes further samples into account.
    package mutating func add(_ samples: Span<Int16>) {
        for index in samples.indices {
            let sample = Double(samples[index]) / 32768
            energy += sample * sample
            first = smoothing * first + (1 - smoothing) * abs(sample)
            envelope = smoothing * envelope + (1 - smoothing) * first
            var threshold = 1.0 / 32768
            for number in 0..<Self.thresholdCount {
                if envelope >= threshold {
                    counts[number] += 1
                    hanging[number] = hangOver
                } else if hanging[number] > 0 {
                    counts[number] += 1
                    hanging[number] -= 1
                } else {
                    // The higher thresholds are not exceeded either, but may still be hanging.
                    if number > 0, hanging[number...].allSatisfy({ $0 == 0 }) { break }
                }
                threshold *= 2
            }
        }
        sampleCount += samples.count
    }

    /// The long-term level of everything, dBFS; −infinity for silence.
    package var longTermDecibels: Double { 10 * log10(energy / Double(max(sampleCount, 1))) }

    /// The active speech level, dBFS; nil while nothing reached the lowest thresholds.
    package var decibels: Double? { solution?.level }

    /// The share of time with speech, 0…1.
    package var activity: Double {
        guard let level = solution?.level else { return 0 }
        return min(pow(10, (longTermDecibels - level) / 10), 1)
    }

    private var solution: (level: Double, threshold: Double)? {
        var lower: (level: Double, distance: Double, threshold: Double)?
        for number in 0..<Self.thresholdCount where counts[number] > 0 {
            let threshold = 20 * log10(pow(2, Double(number)) / 32768)
            let level = 10 * log10(energy / Double(counts[number]))
            let distance = level - threshold - Self.margin
            if distance <= 0 {
                guard let lower else { return (level, threshold) }
                let share = lower.distance / (lower.distance - distance)
                return (lower.level + share * (level - lower.level), lower.threshold)
            }
            lower = (level, distance, threshold)
        }
        // Louder than 15.9 dB over the highest threshold that was reached: a steady sound.
        return lower.map { ($0.level, $0.threshold) }
    }
}

// SPDX-License-Identifier: Apache-2.0
import TelephonyAudio
import Testing

/// A pair of rates and what its conversion must hold.
struct RatePair: Sendable, CustomTestStringConvertible {
    var source: SampleRate
    var target: SampleRate

    /// Every ordered pair of different rates.
    static let all = SampleRate.allCases.flatMap { source in
        SampleRate.allCases.filter { $0 != source }.map { RatePair(source: source, target: $0) }
    }

    var isUp: Bool { target.rawValue > source.rawValue }
    var slower: Double { Double(min(source.rawValue, target.rawValue)) }
    /// Frequencies of the limits are those of 8 kHz times this.
    var scale: Double { slower / 8000 }

    // What was measured and a little: closer than what the converter was asked for, so that a loss is seen.

    /// Largest deviation from flat to 0.85 of the slower side's Nyquist frequency, dB.
    var ripple: Double { 0.005 }
    /// Images of tones below 0.85, or aliases of tones above 1.15, of the slower side's Nyquist frequency, dB.
    var rejection: Double { isUp ? -90 : -96 }
    /// The same in the band between, dB.
    var edge: Double { isUp ? -82 : -84 }
    /// Worst single sine at −1 dBFS, dB.
    var signalToNoise: Double { isUp ? 92 : target == .hz8000 ? 95 : 93 }
    /// Milliseconds.
    var latency: Double { 0.4 }
    var delaySpread: Double { 0.98 }

    var testDescription: String { "\(source.rawValue) to \(target.rawValue)" }
}

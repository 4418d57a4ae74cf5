// SPDX-License-Identifier: Apache-2.0

/// What was measured in the windows of a call that were what they should be.
package struct GoodWindows: Sendable, Equatable {
    /// How many there were.
    package private(set) var count = 0
    private var amplitudes = 0.0
    private var shares = 0.0

    mutating func add(_ measure: ToneMeasure) {
        count += 1
        amplitudes += Double(measure.amplitude)
        shares += min(Double(measure.share), 1)
    }

    /// What the way through the bot does to the tone's level, in decibels; nil before the first window.
    package var gain: Double? {
        guard count > 0, amplitudes > 0 else { return nil }
        let ratio = amplitudes / Double(count) / ToneScale.amplitude
        return decibels(ofPower: ratio * ratio)
    }

    /// The tone's power above that of everything else, in decibels; 50 is as far as the meter sees.
    package var clarity: Double? {
        guard count > 0 else { return nil }
        let share = shares / Double(count)
        return min(50, decibels(ofPower: share / max(1 - share, 1e-6)))
    }
}

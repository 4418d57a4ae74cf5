// SPDX-License-Identifier: Apache-2.0

/// A single steady tone: times in steps of 10 ms from the beginning of the stream.
struct SteadyTone: Sendable {
    /// Where it began, and where it was last whole.
    var start: Int
    var end: Int
    /// Hertz, the mean.
    var frequency: Float
    /// Mean square, 16-bit scale.
    var power: Float
    private var measures: Float = 1

    /// A tone that a measure found in the 20 ms up to `time`.
    init(frequency: Float, power: Float, at time: Int) {
        (start, end) = (time - 2, time)
        (self.frequency, self.power) = (frequency, power)
    }

    /// How long it was, less up to 20 ms.
    var milliseconds: Int { (end - start) * 10 }

    /// Goes on with a further measure if that is the same tone: within 1.5 % and 6 dB.
    mutating func goesOn(_ measure: ToneMeter.Measure, at time: Int) -> Bool {
        guard let found = measure.frequency, abs(found - frequency) <= max(0.015 * frequency, 12),
            measure.power <= 4 * power, power <= 4 * measure.power
        else { return false }
        measures += 1
        frequency += (found - frequency) / measures
        power += (measure.power - power) / measures
        end = time
        return true
    }
}

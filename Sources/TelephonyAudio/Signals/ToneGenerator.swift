// SPDX-License-Identifier: Apache-2.0
#if canImport(Musl)
import Musl
#else
import Glibc
#endif

/// An endless sine, sum of two sines, or sweep, rendered in chunks of any size; the chunks do not change the signal.
package struct ToneGenerator: Sendable {
    /// A sine on its way.
    struct Partial: Sendable {
        /// Hertz, at the next sample.
        var frequency: Double
        /// Peak on the 16-bit scale.
        var amplitude: Double
        /// Periods since its beginning, modulo one.
        var phase = 0.0
    }

    private var first: Partial
    private var second: Partial?
    private let rate: Double
    /// What the first sine's frequency is multiplied by for each sample.
    private let growth: Double
    private let endFrequency: Double

    /// A sine of this frequency; `level` is its peak in dBFS.
    package init(frequency: Double, level: Double, rate: Int) {
        self.init(Partial(frequency: frequency, amplitude: Self.amplitude(level)), nil, rate, 1, frequency)
    }

    /// Two sines at once, each with its own peak in dBFS.
    package init(
        low: (frequency: Double, level: Double),
        high: (frequency: Double, level: Double),
        rate: Int
    ) {
        self.init(
            Partial(frequency: low.frequency, amplitude: Self.amplitude(low.level)),
            Partial(frequency: high.frequency, amplitude: Self.amplitude(high.level)),
            rate,
            1,
            low.frequency
        )
    }

    /// A sweep that passes every octave in the same time and stays at its end; `level` is its peak in dBFS.
    package init(sweepFrom start: Double, to end: Double, seconds: Double, level: Double, rate: Int) {
        let growth = pow(end / start, 1 / (seconds * Double(rate)))
        self.init(Partial(frequency: start, amplitude: Self.amplitude(level)), nil, rate, growth, end)
    }

    private init(_ first: Partial, _ second: Partial?, _ rate: Int, _ growth: Double, _ end: Double) {
        self.first = first
        self.second = second
        self.rate = Double(rate)
        self.growth = growth
        endFrequency = end
    }

    /// Fills the span with the next samples, rounded and saturated.
    package mutating func render(into samples: inout MutableSpan<Int16>) {
        for index in samples.indices { samples[index] = next() }
    }

    /// Peak in dBFS of a sine at a level in dBm0: a full-scale sine is +3.14 dBm0 (ITU-T G.711, µ-law).
    package static func decibelsFullScale(dBm0 level: Double) -> Double { level - 3.14 }

    /// The next sample, rounded and saturated.
    package mutating func next() -> Int16 {
        let value = Self.next(&first, rate) + nextOfSecond()
        let grown = first.frequency * growth
        first.frequency = growth > 1 ? min(grown, endFrequency) : growth < 1 ? max(grown, endFrequency) : grown
        return Int16(min(max(value, -32768), 32767).rounded())
    }

    private mutating func nextOfSecond() -> Double {
        guard var partial = second else { return 0 }
        defer { second = partial }
        return Self.next(&partial, rate)
    }

    private static func next(_ partial: inout Partial, _ rate: Double) -> Double {
        let value = partial.amplitude * sin(2 * Double.pi * partial.phase)
        partial.phase += partial.frequency / rate
        partial.phase -= partial.phase.rounded(.down)
        return value
    }

    private static func amplitude(_ level: Double) -> Double { 32767 * pow(10, level / 20) }
}

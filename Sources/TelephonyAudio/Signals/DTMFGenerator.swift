// SPDX-License-Identifier: Apache-2.0

/// Digits as tones with gaps behind them, rendered in chunks of any size.
package struct DTMFGenerator: Sendable {
    /// How digits sound.
    package struct Timing: Equatable, Sendable {
        /// Milliseconds a tone lasts; ITU-T Q.24 asks receivers to accept 40 and more.
        package var toneMilliseconds = 100
        /// Milliseconds of silence behind each tone.
        package var gapMilliseconds = 100
        /// Level of the low tone, dBm0.
        package var lowLevel = -8.0
        /// Level of the high tone, dBm0; 2 dB above the low one is what telephones send.
        package var highLevel = -6.0

        package init() {}
    }

    private let digits: [DTMFKey]
    private let timing: Timing
    private let rate: Int
    private var tone: ToneGenerator?
    private var position = 0

    /// Digits to sound at a rate in hertz.
    package init(_ digits: [DTMFKey], timing: Timing = Timing(), rate: Int) {
        self.digits = digits
        self.timing = timing
        self.rate = rate
    }

    /// The digits of a text; nil when one of its characters is no digit.
    package init?(_ text: String, timing: Timing = Timing(), rate: Int) {
        let digits = text.compactMap { DTMFKey($0) }
        guard digits.count == text.count else { return nil }
        self.init(digits, timing: timing, rate: rate)
    }

    private var toneSamples: Int { rate * timing.toneMilliseconds / 1000 }
    private var digitSamples: Int { toneSamples + rate * timing.gapMilliseconds / 1000 }

    /// Samples of all digits and their gaps.
    package var totalSamples: Int { digits.count * digitSamples }

    /// Writes the next samples to the beginning of the span and returns how many; 0 at the end.
    package mutating func render(into samples: inout MutableSpan<Int16>) -> Int {
        var written = 0
        while written < samples.count, position < totalSamples {
            let place = position % digitSamples
            if place == 0 { tone = makeTone(digits[position / digitSamples]) }
            samples[written] = place < toneSamples ? tone?.next() ?? 0 : 0
            written += 1
            position += 1
        }
        return written
    }

    private func makeTone(_ digit: DTMFKey) -> ToneGenerator {
        ToneGenerator(
            low: (digit.lowFrequency, ToneGenerator.decibelsFullScale(dBm0: timing.lowLevel)),
            high: (digit.highFrequency, ToneGenerator.decibelsFullScale(dBm0: timing.highLevel)),
            rate: rate
        )
    }
}

// SPDX-License-Identifier: Apache-2.0
import TelephonyAudio
import TestSupport
import Testing

struct SignalTests {
    static func render(_ generator: inout ToneGenerator, _ count: Int, chunk: Int) -> [Int16] {
        var result: [Int16] = []
        while result.count < count {
            var part = [Int16](repeating: 0, count: min(chunk, count - result.count))
            var span = part.mutableSpan
            generator.render(into: &span)
            result += part
        }
        return result
    }

    @Test(arguments: [8000, 16000, 44100])
    func `a sine has its frequency, level and purity`(rate: Int) {
        var generator = ToneGenerator(frequency: 1000, level: -6, rate: rate)
        let samples = Self.render(&generator, rate / 10, chunk: rate)
        let spectrum = Spectrum(samples.map { Double($0) }, rate: rate)
        #expect(abs(spectrum.tone(at: 1000).amplitude - 16422.5) < 2)
        #expect(spectrum.signalToNoiseAndDistortion(at: 1000) > 85)
    }

    @Test func `chunks do not change a signal`() {
        let sweep = ToneGenerator(sweepFrom: 100, to: 3400, seconds: 0.2, level: -3, rate: 8000)
        var (first, second) = (sweep, sweep)
        #expect(Self.render(&first, 2000, chunk: 2000) == Self.render(&second, 2000, chunk: 7))
    }

    @Test func `a sweep goes from its beginning to its end and stays`() {
        var sweep = ToneGenerator(sweepFrom: 200, to: 3200, seconds: 1, level: 0, rate: 16000)
        let samples = Self.render(&sweep, 24000, chunk: 160)
        func crossings(_ range: Range<Int>) -> Int {
            zip(samples[range], samples[range].dropFirst()).count { ($0 < 0) != ($1 < 0) }
        }
        // Twice the frequency per second; half-way in time is the geometric mean, 800 Hz.
        #expect(abs(crossings(0..<400) * 20 - 207) < 45)
        #expect(abs(crossings(7600..<8400) * 10 - 800) < 25)
        #expect(abs(crossings(16000..<24000) - 3200) <= 2)
        #expect(samples.max() ?? 0 > 32500 && samples.min() ?? 0 < -32500)
    }

    @Test func `two sines at full scale saturate`() {
        var generator = ToneGenerator(low: (440, 0), high: (480, 0), rate: 8000)
        let samples = Self.render(&generator, 8000, chunk: 160)
        #expect(samples.max() == 32767 && samples.min() == -32768)
    }

    @Test(arguments: Array("0123456789*#ABCDd"), [8000, 16000, 48000])
    func `a digit has its two tones and nothing else`(digit: Character, rate: Int) throws {
        var generator = try #require(DTMFGenerator(String(digit), rate: rate))
        var samples = [Int16](repeating: 1, count: rate / 2)
        var span = samples.mutableSpan
        let count = generator.render(into: &span)
        let more = generator.render(into: &span)
        #expect(count == rate / 5 && count == generator.totalSamples && more == 0)
        let spectrum = Spectrum(samples.prefix(rate / 10).map { Double($0) }, rate: rate)
        // ITU-T Q.23, row by row.
        let rows: [(Double, String)] = [(697, "123A"), (770, "456B"), (852, "789C"), (941, "*0#D")]
        let name = Character(digit.uppercased())
        let (row, names) = try #require(rows.first { $0.1.contains(name) })
        let place = try #require(names.firstIndex(of: name))
        let column = [1209.0, 1336, 1477, 1633][names.distance(from: names.startIndex, to: place)]
        for frequency in [697.0, 770, 852, 941, 1209, 1336, 1477, 1633] {
            let amplitude = spectrum.tone(at: frequency).amplitude
            // −8 and −6 dBm0 against the 3.14 dBm0 of full scale.
            let expected = frequency == row ? 9086.0 : frequency == column ? 11439 : 0
            #expect(abs(amplitude - expected) < 600, "\(frequency) Hz of \(digit)")
        }
        #expect(samples[(rate / 10)..<(rate / 5)].allSatisfy { $0 == 0 })
        #expect(samples[(rate / 5)...].allSatisfy { $0 == 1 })
    }

    @Test func `digits follow each other in time`() throws {
        var timing = DTMFGenerator.Timing()
        (timing.toneMilliseconds, timing.gapMilliseconds) = (50, 70)
        var generator = try #require(DTMFGenerator("12#", timing: timing, rate: 8000))
        var samples: [Int16] = []
        var part = [Int16](repeating: 0, count: 33)
        while true {
            var span = part.mutableSpan
            let count = generator.render(into: &span)
            if count == 0 { break }
            samples += part.prefix(count)
        }
        #expect(samples.count == 3 * 960)
        for digit in 0..<3 {
            #expect(samples[digit * 960..<digit * 960 + 400].contains { abs(Int($0)) > 5000 })
            #expect(samples[digit * 960 + 400..<(digit + 1) * 960].allSatisfy { $0 == 0 })
        }
    }

    @Test(arguments: ["12x", " ", "é"])
    func `what is no digit is refused`(text: String) {
        #expect(DTMFGenerator(text, rate: 8000) == nil)
    }

    @Test func `levels`() {
        let square: [Int16] = [-32768, -32768, -32768, -32768]
        let full = AudioLevel(square.span)
        #expect(full.rmsDecibels == 0 && full.peak == 32768)
        var generator = ToneGenerator(frequency: 1000, level: -20, rate: 8000)
        var level = AudioLevel()
        for _ in 0..<10 {
            let part = Self.render(&generator, 160, chunk: 160)
            level.add(part.span)
        }
        #expect(abs(level.rmsDecibels - -23.01) < 0.02 && abs(level.peakDecibels - -20) < 0.02)
        #expect(level.sampleCount == 1600)
        let zeros: [Int16] = [0, 0]
        let silence = AudioLevel(zeros.span)
        #expect(silence.rmsDecibels == -.infinity && AudioLevel().rootMeanSquare == 0)
    }
}

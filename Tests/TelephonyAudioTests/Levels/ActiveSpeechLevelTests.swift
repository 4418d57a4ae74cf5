// SPDX-License-Identifier: Apache-2.0
import Glibc
import TelephonyAudio
import TestSupport
import Testing

struct ActiveSpeechLevelTests {
    static func measure(_ samples: [Int16], rate: Int = 8000) -> ActiveSpeechLevel {
        var level = ActiveSpeechLevel(rate: rate)
        level.add(samples.span)
        return level
    }

    static func tone(_ level: Double, seconds: Double, rate: Int = 8000) -> [Int16] {
        let tone = Tone(frequency: 400, amplitude: 32768 * pow(10, level / 20) * 2.0.squareRoot())
        return Tone.samples(of: [tone], rate: rate, count: Int(seconds * Double(rate)))
    }

    @Test(arguments: [-10.0, -26, -40, -55], [8000, 16000])
    func `a steady sound is active all the time`(level: Double, rate: Int) throws {
        let meter = Self.measure(Self.tone(level, seconds: 2, rate: rate), rate: rate)
        #expect(abs(try #require(meter.decibels) - level) < 0.3)
        #expect(meter.activity > 0.95)
    }

    @Test(arguments: [-20.0, -26, -35])
    func `silence between does not lower the level`(level: Double) throws {
        var samples: [Int16] = []
        for _ in 0..<4 { samples += Self.tone(level, seconds: 2) + [Int16](repeating: 0, count: 48000) }
        let meter = Self.measure(samples)
        // 2 s of sound, the time the envelope takes to fall, and 200 ms of hang-over in every 8 s.
        let found = try #require(meter.decibels)
        #expect(found < level && found > level - 0.8)
        #expect((0.25...0.30).contains(meter.activity))
        #expect(abs(meter.longTermDecibels - (level - 6.02)) < 0.1)
    }

    @Test func `noise under the speech does not count as speech`() throws {
        var random = RandomNumbers(seed: 4)
        var samples: [Int16] = []
        for _ in 0..<3 { samples += Self.tone(-26, seconds: 2) + [Int16](repeating: 0, count: 16000) }
        samples = samples.map { $0 + Int16(20 * DTMFSignal.gauss(&random)) }
        let found = Self.measure(samples)
        #expect(abs(try #require(found.decibels) - -26.5) < 0.5 && found.activity < 0.65)
    }

    @Test func `silence has no level`() {
        #expect(Self.measure([Int16](repeating: 0, count: 8000)).decibels == nil)
        #expect(Self.measure([]).activity == 0)
    }

    @Test func `chunks change nothing`() throws {
        let samples = try Fixtures.prompt("goodbye")
        var level = ActiveSpeechLevel(rate: 8000)
        for start in stride(from: 0, to: samples.count, by: 77) {
            level.add(samples.span.extracting(start..<min(start + 77, samples.count)))
        }
        #expect(level.decibels == Self.measure(samples).decibels)
    }
}

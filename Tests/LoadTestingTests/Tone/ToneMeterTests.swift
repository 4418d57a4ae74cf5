// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import LoadTesting

@Suite("Tones")
struct ToneMeterTests {
    @Test("are 1240, each once, and no factor of a second's frames")
    func scale() {
        let count = ToneScale.frequencies.count
        #expect(count == 1_240)
        #expect(Set((0..<count).map(ToneScale.frequency)).count == count)
        #expect(ToneScale.frequency(ofCall: count + 4) == ToneScale.frequency(ofCall: 4))
        #expect(ToneScale.frequencies.allSatisfy { $0 % 2 != 0 && $0 % 5 != 0 && (301..<3_400).contains($0) })
    }

    @Test("are measured: peak, phase, level, and what else is there", arguments: [301, 999, 1_777, 3_399])
    func measures(frequency: Int) {
        let second = ToneScale.second(of: frequency, sampleRate: 8_000)
        let meter = ToneMeter(frequency: frequency, sampleRate: 8_000, window: 160)
        for start in [0, 160, 777] {
            let window = second[start..<start + 160].map { Float($0) }
            let measure = Self.measure(window, meter)
            #expect(abs(measure.amplitude - 8_000) < 80)
            #expect(measure.share > 0.98)
            let turns = Double(measure.phase) - Double(frequency * start % 8_000) / 8_000
            #expect(abs(withoutTurns(turns)) < 0.003)
            #expect(abs(measure.level - 5_657) < 120)
        }
        let other = ToneScale.second(of: (frequency + 1_500) % 3_000 + 300, sampleRate: 8_000)
        #expect(Self.measure(other[0..<160].map { Float($0) }, meter).share < 0.05)
        let silence = Self.measure([Float](repeating: 0, count: 160), meter)
        #expect(silence == ToneMeasure(amplitude: 0, phase: 0, share: 0, level: 0))
    }

    @Test("tell gain and clarity")
    func gain() throws {
        let meter = ToneMeter(frequency: 1_003, sampleRate: 8_000, window: 160)
        let half = ToneScale.second(of: 1_003, sampleRate: 8_000)[0..<160].map { Float($0) / 2 }
        var windows = GoodWindows()
        #expect(windows.gain == nil)
        windows.add(Self.measure(half, meter))
        let (gain, clarity) = (try #require(windows.gain), try #require(windows.clarity))
        #expect(abs(gain + 6.02) < 0.1)
        #expect(clarity > 30)
    }

    private static func measure(_ samples: [Float], _ meter: ToneMeter) -> ToneMeasure { meter.measure(samples.span) }
}

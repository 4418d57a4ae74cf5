// SPDX-License-Identifier: Apache-2.0
import Glibc
import TelephonyAudio
import TestSupport
import Testing

struct PacketLossConcealerTests {
    /// A voice-like periodic sound: harmonics of 8000 / period hertz that fall off.
    static func voice(period: Int, count: Int, scale: Int = 1) -> [Int16] {
        let rate = 8000 * scale
        let tones = (1...min(12, period / 3)).map { number in
            let frequency = Double(rate) / Double(period * scale) * Double(number)
            return Tone(frequency: frequency, amplitude: 6000 / Double(number), phase: Double(number * number))
        }
        return Tone.samples(of: tones, rate: rate, count: count)
    }

    /// Plays a stream with the frames of `lost` missing.
    static func play(_ samples: [Int16], lost: Set<Int>, rate: SampleRate = .hz8000) throws -> [Int16] {
        var concealer = try #require(PacketLossConcealer(rate: rate))
        let frame = concealer.frameSamples
        var played: [Int16] = []
        for number in 0..<samples.count / frame {
            var part = [Int16](repeating: 0, count: frame)
            var output = part.mutableSpan
            if lost.contains(number) {
                concealer.conceal(into: &output)
            } else {
                concealer.receive(samples.span.extracting(number * frame..<(number + 1) * frame), into: &output)
            }
            played += part
        }
        return played
    }

    static func power(_ samples: some Sequence<Int16>) -> Double { samples.reduce(0) { $0 + Double($1) * Double($1) } }

    @Test(arguments: [SampleRate.hz8000, .hz16000, .hz48000])
    func `without loss the stream is 3.75 ms late and else untouched`(rate: SampleRate) throws {
        let samples = Self.voice(period: 70, count: rate.rawValue / 5, scale: rate.rawValue / 8000)
        let delay = rate.rawValue * 3 / 800
        let played = try Self.play(samples, lost: [], rate: rate)
        #expect(Array(played.dropFirst(delay)) == Array(samples.dropLast(delay)))
        #expect(played.prefix(delay).allSatisfy { $0 == 0 })
    }

    @Test func `44.1 kHz is refused`() { #expect(PacketLossConcealer(rate: .hz44100) == nil) }

    @Test(arguments: [41, 50, 64, 77, 99, 119], [SampleRate.hz8000, .hz16000])
    func `a lost frame of a steady voice is not heard`(period: Int, rate: SampleRate) throws {
        let scale = rate.rawValue / 8000
        let samples = Self.voice(period: period, count: 3200 * scale, scale: scale)
        let played = try Self.play(samples, lost: [20], rate: rate)
        let (delay, frame) = (30 * scale, 80 * scale)
        let range = 20 * frame - delay..<22 * frame
        let wrong = range.map { Int16(clamping: Int(played[$0 + delay]) - Int(samples[$0])) }
        #expect(10 * log10(Self.power(samples[range]) / max(Self.power(wrong), 1)) > 25)
    }

    @Test func `repetition begins at full level, fades by a fifth per frame, and is silent after 60 ms`() throws {
        let samples = Self.voice(period: 64, count: 4000)
        let played = try Self.play(samples, lost: Set(20..<40))
        func level(_ frame: Int) -> Double {
            let range = frame * 80 + 30..<frame * 80 + 110
            return (Self.power(played[range]) / Self.power(samples[1280..<1360])).squareRoot()
        }
        // The means of the straight lines from 1 to 0.8, 0.8 to 0.6, …; the energy of a period is not even over it.
        for (frame, expected) in zip(20..., [1, 0.9, 0.7, 0.5, 0.3, 0.115]) {
            #expect(abs(level(frame) - expected) < 0.12, "frame \(frame)")
        }
        #expect(played[26 * 80 + 30..<40 * 80].allSatisfy { $0 == 0 })
    }

    @Test(arguments: [1, 2, 3, 5, 8, 15])
    func `the voice comes back without a click and then as it was`(lost: Int) throws {
        let samples = Self.voice(period: 57, count: 4800)
        let played = try Self.play(samples, lost: Set(20..<20 + lost))
        let end = (20 + lost) * 80
        // The cross-fade is 10 ms at most.
        #expect(Array(played[(end + 110)...]) == Array(samples[(end + 80)..<(4800 - 30)]))
        func steepest(_ part: ArraySlice<Int16>) -> Int {
            zip(part, part.dropFirst()).map { abs(Int($0) - Int($1)) }.max() ?? 0
        }
        #expect(steepest(played[1500..<end + 200]) < steepest(samples[0..<1000]) * 3 / 2)
    }

    @Test func `loud sounds do not wrap and silence stays silent`() throws {
        let square = (0..<1600).map { Int16($0 / 33 % 2 == 0 ? 32767 : -32768) }
        let played = try Self.play(square, lost: [10, 11, 12])
        #expect(played.allSatisfy { $0 >= -32768 && $0 <= 32767 })
        #expect(try Self.play([Int16](repeating: 0, count: 1600), lost: [3, 4, 9]).allSatisfy { $0 == 0 })
    }

    @Test func `a reset stream remembers nothing`() throws {
        var concealer = try #require(PacketLossConcealer())
        var part = [Int16](repeating: 0, count: 80)
        var output = part.mutableSpan
        concealer.receive(Self.voice(period: 60, count: 80).span, into: &output)
        concealer.reset()
        concealer.conceal(into: &output)
        #expect(part.allSatisfy { $0 == 0 })
    }
}

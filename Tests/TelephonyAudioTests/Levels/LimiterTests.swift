// SPDX-License-Identifier: Apache-2.0
import Glibc
import TelephonyAudio
import TestSupport
import Testing

struct LimiterTests {
    static func limit(_ samples: [Int16], rate: Int = 8000, chunk: Int = 160, ceiling: Double = -1) -> [Int16] {
        var limiter = Limiter(ceiling: ceiling, rate: rate)
        var all = samples
        var start = 0
        while start < all.count {
            let end = min(start + chunk, all.count)
            var part = Array(all[start..<end])
            var span = part.mutableSpan
            limiter.process(&span)
            all.replaceSubrange(start..<end, with: part)
            start = end
        }
        return all
    }

    static func tone(_ level: Double, rate: Int = 8000, count: Int = 4000) -> [Int16] {
        Tone.samples(of: [Tone(frequency: 441, amplitude: 32767 * pow(10, level / 20))], rate: rate, count: count)
    }

    @Test(arguments: [-60.0, -20, -6, -1.01])
    func `below the ceiling nothing changes but the time`(level: Double) {
        let samples = Self.tone(level)
        #expect(Array(Self.limit(samples).dropFirst(15)) == Array(samples.dropLast(15)))
    }

    @Test(arguments: [8000, 16000, 48000], [-1.0, -3, -12])
    func `no sample passes the ceiling`(rate: Int, ceiling: Double) {
        var random = RandomNumbers(seed: 11)
        let noise = (0..<8000).map { index in
            index / 500 % 3 == 0
                ? Int16.random(in: -32768...32767, using: &random) : Int16.random(in: -9000...9000, using: &random)
        }
        let square = (0..<4000).map { Int16($0 / 40 % 2 == 0 ? 32767 : -32768) }
        let highest = Int(32767 * pow(10, ceiling / 20))
        for samples in [noise, square, Self.tone(0, rate: rate)] {
            #expect(Self.limit(samples, rate: rate, ceiling: ceiling).allSatisfy { abs(Int($0)) <= highest })
        }
    }

    @Test func `gain is down within 5 ms, ahead of the peak, and back within a second`() {
        var samples = Self.tone(-10, count: 16000)
        let loud = Self.tone(0, count: 16000)
        for index in 4000..<6000 { samples[index] = loud[index] }
        let limited = Self.limit(samples)
        let gains = samples.indices.dropLast(15).filter { abs(Int(samples[$0])) > 2000 }.map {
            (place: $0, gain: Double(limited[$0 + 15]) / Double(samples[$0]))
        }
        #expect(gains.allSatisfy { $0.place > 3960 || $0.gain == 1 })
        #expect(gains.allSatisfy { !(4040..<6000).contains($0.place) || abs($0.gain - 0.891) < 0.01 })
        #expect(gains.allSatisfy { $0.place < 14000 || $0.gain == 1 })
    }

    @Test(arguments: [1, 7, 4000])
    func `chunks change nothing`(chunk: Int) {
        let samples = Self.tone(0)
        #expect(Self.limit(samples, chunk: chunk) == Self.limit(samples))
    }

    @Test func `a sum beyond 16 bits is limited, not wrapped`() {
        var limiter = Limiter(rate: 8000)
        let sum = (0..<800).map { Float(80000 * sin(0.3 * Double($0))) }
        var output = [Int16](repeating: 0, count: 800)
        var span = output.mutableSpan
        limiter.process(sum.span, into: &span)
        #expect(output.allSatisfy { abs(Int($0)) <= 29203 } && (output.max() ?? 0) > 28000)
        #expect(zip(output.dropFirst(15), sum).allSatisfy { Float($0) * $1 >= 0 })
    }
}

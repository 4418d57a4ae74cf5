// SPDX-License-Identifier: Apache-2.0
import TestSupport
import Testing

@testable import TelephonyAudio

/// The vector kernels and their twins for every processor give the same bits.
struct KernelFormTests {
    /// Noise of any loudness, and what saturates.
    static let sounds: [[Int16]] =
        [1, 40, 3_000, 32_764].map { ResamplerStreamTests.noise(700, limit: $0) }
        + [[Int16](repeating: -32768, count: 700), (0..<700).map { $0 % 2 == 0 ? 32767 : -32768 }]

    @Test(arguments: sounds)
    func `band powers`(sound: [Int16]) {
        let powers = [false, true].map { plainly in
            var bands = BandPowers(step: 160, plainly: plainly)
            var found: [SIMD8<Float>] = []
            var taken = 0
            while taken < sound.count {
                taken += bands.take(sound.span.extracting(taken..<sound.count))
                if bands.isComplete { found.append(bands.measure()) }
            }
            return found
        }
        #expect(powers[0].count == 4)
        #expect(powers[0] == powers[1])
    }

    @Test(arguments: sounds)
    func `gains of prediction`(sound: [Int16]) {
        for count in [1, 2, 7, 8, 9, 319, 320, 640] {
            let block = sound.span.extracting(0..<count)
            #expect(Predictability.gain(of: block) == Predictability.gain(of: block, plainly: true), "\(count)")
        }
    }

    @Test(arguments: sounds)
    func `sums of every length`(sound: [Int16]) {
        for count in 0...70 {
            let samples = sound.span.extracting(count..<2 * count)
            let sums = SampleSums(samples)
            #expect(sums == SampleSums(samples, plainly: true), "\(count)")
            #expect(sums.sum == sound[count..<2 * count].reduce(0) { $0 + Int64($1) }, "\(count)")
        }
    }

    @Test func `sums beyond what one lane holds`() {
        let samples = [Int16](repeating: -32768, count: 16 * 32768 * 2 + 5)
        let sums = SampleSums(samples.span)
        #expect(sums.sum == -32768 * Int64(samples.count))
        #expect(sums.squares == Int64(1 << 30) * Int64(samples.count))
    }

    static let powers: [([Int16], Float)] = [([], 0), ([7, 7, 7], 0), ([100, -100], 10_000), ([0, 6], 9)]

    @Test(arguments: powers)
    func `power is that about the mean`(samples: [Int16], power: Float) {
        #expect(SampleSums(samples.span).power == power)
    }

    @Test(arguments: G711.allCases)
    func `codes decoded in spans of every length`(law: G711) {
        let codes = (0...255).map { UInt8($0) }
        for count in 0...40 {
            let some = codes.span.extracting(5 * count..<6 * count)
            let decoded = [false, true].map { plainly in
                // What lies behind the last is left alone.
                var samples = [Int16](repeating: 1, count: count + 3)
                var span = samples.mutableSpan
                if plainly { law.decodePlainly(some, into: &span) } else { law.decode(some, into: &span) }
                return samples
            }
            #expect(decoded[0] == decoded[1], "\(count)")
            #expect(decoded[0] == codes[5 * count..<6 * count].map { law.decode($0) } + [1, 1, 1], "\(count)")
        }
    }
}

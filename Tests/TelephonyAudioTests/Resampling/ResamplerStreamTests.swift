// SPDX-License-Identifier: Apache-2.0
import TelephonyAudio
import TestSupport
import Testing

/// What a stream may rely on: exact counts, exact bytes, no surprises at the limits of 16 bits.
struct ResamplerStreamTests {
    static let pairs = SampleRate.allCases.flatMap { source in
        SampleRate.allCases.map { RatePair(source: source, target: $0) }
    }

    /// Loud noise from a fixed generator, within ±limit.
    static func noise(_ count: Int, limit: Int = 32764) -> [Int16] {
        var state: UInt64 = 0x9E37_79B9_7F4A_7C15
        return (0..<count).map { _ in
            state ^= state << 13
            state ^= state >> 7
            state ^= state << 17
            return Int16(Int(state % UInt64(2 * limit + 1)) - limit)
        }
    }

    @Test(arguments: pairs)
    func `any chunks give the same samples`(pair: RatePair) {
        let input = Self.noise(pair.source.rawValue / 20 + 13)
        var resampler = Resampler(from: pair.source, to: pair.target)
        let whole = ResamplerBench.convert(input, &resampler, chunks: [input.count])
        for chunks in [[pair.source.samplesPer20Milliseconds], [7], [1, 80, 3, 33, 401, 2], [37, 256]] {
            #expect(ResamplerBench.convert(input, &resampler, chunks: chunks) == whole, "chunks of \(chunks)")
        }
        let start = Array(input.prefix(300))
        var single = Resampler(from: pair.source, to: pair.target)
        let result = ResamplerBench.convert(start, &single, chunks: [1])
        #expect(result.dropLast().elementsEqual(whole.prefix(max(result.count - 1, 0))))
    }

    @Test(arguments: pairs)
    func `the total is exact for every length`(pair: RatePair) {
        var resampler = Resampler(from: pair.source, to: pair.target)
        let lengths = Array(0...60) + [159, 160, 441, 881, 882, 883, 1000]
        for length in lengths {
            let output = ResamplerBench.convert([Int16](repeating: 5, count: length), &resampler, chunks: [19])
            let exact = Double(length) * Double(pair.target.rawValue) / Double(pair.source.rawValue)
            #expect(output.count == Int(exact.rounded(.toNearestOrAwayFromZero)), "\(length) samples")
        }
    }

    @Test(arguments: pairs)
    func `20 ms are 20 ms, from the first chunk on`(pair: RatePair) {
        var resampler = Resampler(from: pair.source, to: pair.target)
        let chunk = [Int16](repeating: 0, count: pair.source.samplesPer20Milliseconds)
        let expected = ResamplerProgress(consumed: chunk.count, produced: pair.target.samplesPer20Milliseconds)
        var output = [Int16](repeating: 1, count: expected.produced)
        #expect(resampler.maximumOutput(for: chunk.count) == expected.produced)
        for _ in 0..<4 {
            #expect(resampler.outputCount(for: chunk.count) == expected.produced)
            var span = output.mutableSpan
            #expect(resampler.process(chunk.span, into: &span) == expected)
        }
        var span = output.mutableSpan
        #expect(resampler.flush(into: &span) == 0)
    }

    @Test(arguments: pairs)
    func `silence stays silence and a constant stays constant`(pair: RatePair) {
        let silence = [Int16](repeating: 0, count: pair.source.samplesPer20Milliseconds * 2)
        #expect(ResamplerBench.convert(silence, from: pair.source, to: pair.target).allSatisfy { $0 == 0 })
        let count = pair.source.samplesPer20Milliseconds * 3
        for level in [Int16(20000), -20000] {
            let input = [Int16](repeating: level, count: count)
            let output = ResamplerBench.convert(input, from: pair.source, to: pair.target)
            let settled = output.suffix(pair.target.samplesPer20Milliseconds)
            // 50 parts in a million of 20000.
            #expect(settled.allSatisfy { abs(Int($0) - Int(level)) <= 1 })
        }
    }

    @Test(arguments: pairs)
    func `nothing wraps at full scale`(pair: RatePair) {
        let half = pair.source.rawValue / 400
        let square = (0..<pair.source.rawValue / 10).map { Int16($0 / half % 2 == 0 ? 32767 : -32768) }
        var resampler = Resampler(from: pair.source, to: pair.target)
        for input in [square, Self.noise(pair.source.rawValue / 20)] {
            var wide = [Float](repeating: 0, count: resampler.maximumOutput(for: input.count) + 1)
            var wideSpan = wide.mutableSpan
            let progress = resampler.process(input.span, into: &wideSpan)
            resampler.reset()
            #expect(progress.consumed == input.count)
            let narrow = ResamplerBench.convert(input, from: pair.source, to: pair.target)
            let expected = wide.prefix(progress.produced).map { sum in
                Int16(min(max(sum, -32768), 32767).rounded(.toNearestOrEven))
            }
            #expect(narrow.prefix(progress.produced).elementsEqual(expected))
        }
    }

    @Test func `room for less takes less and loses nothing`() {
        let input = Self.noise(2000)
        for pair in Self.pairs {
            let whole = ResamplerBench.convert(input, from: pair.source, to: pair.target)
            var resampler = Resampler(from: pair.source, to: pair.target)
            var output: [Int16] = []
            var start = 0
            var rounds = 0
            while start < input.count, rounds < 100_000 {
                rounds += 1
                var buffer = [Int16](repeating: 0, count: [7, 61, 11][rounds % 3])
                var span = buffer.mutableSpan
                let progress = resampler.process(input.span.extracting(start...), into: &span)
                output += buffer.prefix(progress.produced)
                start += progress.consumed
            }
            #expect(whole.starts(with: output) && whole.count - output.count <= 1, "\(pair)")
        }
    }

    @Test func `a copy is a stream of its own`() {
        let input = Self.noise(400)
        var first = Resampler(from: .hz8000, to: .hz16000)
        _ = ResamplerBench.convert(Array(input.prefix(100)), &first, chunks: [100])
        var fresh = Resampler(from: .hz8000, to: .hz16000)
        var second = fresh
        let expected = ResamplerBench.convert(input, &fresh, chunks: [160])
        #expect(ResamplerBench.convert(input, &second, chunks: [160]) == expected)
        #expect(ResamplerBench.convert(input, &first, chunks: [160]) == expected, "flush must reset")
    }

    @Test(arguments: pairs)
    func `a stream's state fits into 2 KB`(pair: RatePair) {
        #expect(Resampler(from: pair.source, to: pair.target).stateBytes <= 2048)
    }
}

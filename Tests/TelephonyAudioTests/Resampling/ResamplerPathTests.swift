// SPDX-License-Identifier: Apache-2.0
import TelephonyAudio
import TestSupport
import Testing

/// The vector kernels and the plain form, G.711 inside and outside of the filter: one result, whatever the chunks.
struct ResamplerPathTests {
    static let pairs = RatePair.all
    private static let input = ResamplerStreamTests.noise(2500)

    /// Converts in chunks drawn from a seed, most of them small, some of them one sample.
    private static func convert(_ resampler: inout Resampler, seed: UInt64) -> [Int16] {
        var random = RandomNumbers(seed: seed)
        var result: [Int16] = []
        var buffer = [Int16](repeating: 0, count: resampler.maximumOutput(for: 2000) + 1)
        var start = 0
        while start < input.count {
            let largest = [1, 8, 40, 200, 2000][Int.random(in: 0...4, using: &random)]
            let end = min(start + Int.random(in: 1...largest, using: &random), input.count)
            var span = buffer.mutableSpan
            let progress = resampler.process(input.span.extracting(start..<end), into: &span)
            #expect(progress.consumed == end - start)
            result += buffer.prefix(progress.produced)
            start = end
        }
        var span = buffer.mutableSpan
        let tail = resampler.flush(into: &span)
        return result + buffer.prefix(tail)
    }

    @Test(arguments: pairs)
    func `both forms and random chunks give the same samples`(pair: RatePair) {
        var plain = Resampler(from: pair.source, to: pair.target, plainly: true)
        let whole = ResamplerBench.convert(Self.input, &plain, chunks: [Self.input.count])
        for seed in 1...4 as ClosedRange<UInt64> {
            var fast = Resampler(from: pair.source, to: pair.target)
            #expect(Self.convert(&fast, seed: seed) == whole, "kernels, seed \(seed)")
            #expect(Self.convert(&plain, seed: seed) == whole, "plain, seed \(seed)")
        }
    }

    @Test(arguments: pairs)
    func `both forms give the same floats`(pair: RatePair) {
        let sums = [false, true].map { plainly in
            var resampler = Resampler(from: pair.source, to: pair.target, plainly: plainly)
            var output = [Float](repeating: 0, count: resampler.maximumOutput(for: Self.input.count))
            var span = output.mutableSpan
            let progress = resampler.process(Self.input.span, into: &span)
            return output.prefix(progress.produced).map { $0.bitPattern }
        }
        #expect(sums[0] == sums[1])
    }

    @Test(arguments: pairs, G711.allCases)
    func `codes around the filter are what codes beside it are`(pair: RatePair, law: G711) {
        let codes = Self.input.map { law.encode($0) }
        let samples = codes.map { law.decode($0) }
        var beside = Resampler(from: pair.source, to: pair.target)
        let expected = ResamplerBench.convert(samples, &beside, chunks: [700])

        var before = Resampler(from: pair.source, to: pair.target)
        var after = before
        var output = [Int16](repeating: 0, count: expected.count + 1)
        var coded = [UInt8](repeating: 0, count: expected.count + 1)
        var (taken, made, madeCodes) = (0, 0, 0)
        for size in [1, 160, 33, 2000, 512, 513, 4000] {
            let end = min(taken + size, codes.count)
            var room = output.mutableSpan
            var samplesRoom = room._mutatingExtracting(made..<room.count)
            let progress = before.process(codes.span.extracting(taken..<end), of: law, into: &samplesRoom)
            var codeRoom = coded.mutableSpan
            var codesRoom = codeRoom._mutatingExtracting(madeCodes..<codeRoom.count)
            let other = after.process(samples.span.extracting(taken..<end), into: &codesRoom, of: law)
            #expect(progress == other && progress.consumed == end - taken)
            made += progress.produced
            madeCodes += other.produced
            taken = end
        }
        var room = output.mutableSpan
        var samplesRoom = room._mutatingExtracting(made..<room.count)
        made += before.flush(into: &samplesRoom)
        var codeRoom = coded.mutableSpan
        var codesRoom = codeRoom._mutatingExtracting(madeCodes..<codeRoom.count)
        madeCodes += after.flush(into: &codesRoom, of: law)
        #expect(Array(output.prefix(made)) == expected)
        #expect(Array(coded.prefix(madeCodes)) == expected.map { law.encode($0) })
    }

    @Test func `codes stop where the room ends`() {
        let codes = [UInt8](repeating: 0x81, count: 900)
        var resampler = Resampler(from: .hz8000, to: .hz16000)
        var output = [Int16](repeating: 0, count: 1100)
        var room = output.mutableSpan
        let progress = resampler.process(codes.span, of: .muLaw, into: &room)
        #expect(progress == ResamplerProgress(consumed: 550, produced: 1100))
        var coded = [UInt8](repeating: 0, count: 1100)
        var codeRoom = coded.mutableSpan
        resampler.reset()
        #expect(resampler.process(output.span, into: &codeRoom, of: .aLaw) == progress)
    }

    @Test(arguments: pairs)
    func `seconds do not drift`(pair: RatePair) {
        // One pulse per second stays where it was put; a minute for the pair with the most phases.
        let second = pair.source.rawValue
        var input = [Int16](repeating: 0, count: second)
        input[second / 2] = 30000
        var resampler = Resampler(from: pair.source, to: pair.target)
        var output = [Int16](repeating: 0, count: pair.target.rawValue)
        var first: [Int16] = []
        for number in 0..<(pair.target == .hz8000 && pair.source == .hz44100 ? 60 : 3) {
            var span = output.mutableSpan
            let progress = resampler.process(input.span, into: &span)
            #expect(progress == ResamplerProgress(consumed: second, produced: pair.target.rawValue))
            if number == 0 { first = output }
        }
        #expect(output == first && first.contains { $0 > 1000 })
    }
}

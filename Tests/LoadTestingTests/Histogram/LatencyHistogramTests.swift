// SPDX-License-Identifier: Apache-2.0
import CallModel
import Testing

@Suite("Latency histogram")
struct LatencyHistogramTests {
    /// Numbers without a pattern, the same each time (SplitMix64).
    private struct Source: RandomNumberGenerator {
        var state: UInt64 = 7
        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var mixed = state
            mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
            mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
            return mixed ^ mixed >> 31
        }
    }

    /// Durations from nanoseconds to minutes, as many of each magnitude.
    private static func durations(_ count: Int, seed: UInt64) -> [Int64] {
        var source = Source(state: seed)
        return (0..<count).map { _ in
            let magnitude = Int64.random(in: 1...37, using: &source)
            return Int64.random(in: 0...1 << magnitude, using: &source)
        }
    }

    @Test(
        "is never below the exact quantile, and at most 1/128 or an eighth above",
        arguments: [0, 0.01, 0.5, 0.9, 0.99, 0.999, 1],
        [(LatencyHistogram.Precision.fine, 1.0 / 128), (.coarse, 1.0 / 8)]
    )
    func quantiles(quantile: Double, precision: (LatencyHistogram.Precision, error: Double)) {
        for seed in 1...5 {
            let durations = Self.durations(3_001, seed: UInt64(seed)).sorted()
            var histogram = LatencyHistogram(precision.0)
            for duration in durations { histogram.record(duration) }
            let rank = max(1, Int((Double(durations.count) * quantile).rounded(.up)))
            let exact = durations[rank - 1]
            let told = histogram.value(atQuantile: quantile)
            #expect(told >= exact)
            #expect(Double(told) <= Double(exact) * (1 + precision.error))
        }
    }

    @Test("tells small durations exactly")
    func small() {
        for value in Int64(0)..<256 {
            var histogram = LatencyHistogram()
            histogram.record(value)
            histogram.record(1_000)
            #expect(histogram.value(atQuantile: 0.5) == value)
        }
    }

    @Test("merges without loss")
    func merging() {
        let (some, others) = (Self.durations(500, seed: 3), Self.durations(700, seed: 4))
        var (one, two, all) = (LatencyHistogram(), LatencyHistogram(), LatencyHistogram())
        for duration in some { one.record(duration) }
        for duration in others { two.record(duration) }
        for duration in some + others { all.record(duration) }
        one.merge(two)
        #expect(one == all)
        #expect(all.count == 1_200)
        #expect(all.maximum == (some + others).max())
        #expect(all.mean == (some + others).reduce(0, +) / 1_200)
        #expect(all.filled.reduce(0) { $0 + $1.count } == 1_200)
    }

    @Test("counts a duration many times as if it came as often, and copies into memory of its own")
    func times() {
        var (one, many, copy) = (LatencyHistogram(.coarse), LatencyHistogram(.coarse), LatencyHistogram(.coarse))
        for (duration, times) in [(Int64(40), 3), (70_000, 1), (9_000_000, 20)] {
            one.record(duration, times: times)
            for _ in 0..<times { many.record(duration) }
        }
        copy.record(1)
        copy.copy(one)
        one.record(5)
        #expect(copy == many)
        #expect(copy != one)
        #expect(copy.count == 24 && copy.maximum == 9_000_000)
    }

    @Test("counts what is out of range at its ends")
    func ends() {
        var histogram = LatencyHistogram()
        #expect(histogram.value(atQuantile: 0.5) == 0)
        histogram.record(-5)
        #expect(histogram.value(atQuantile: 1) == 0)
        histogram.record(.max)
        #expect(histogram.value(atQuantile: 1) == LatencyHistogram.largest)
    }
}

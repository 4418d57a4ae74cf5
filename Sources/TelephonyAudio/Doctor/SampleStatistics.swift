// SPDX-License-Identifier: Apache-2.0

/// Mean, clipping and signs of life of a stream's samples, 16-bit scale.
struct SampleStatistics: Sendable {
    /// At and above this a sample stands at full scale: the largest code of either law, and what 16 bits hold.
    private static let rail: Float = 31900

    /// Samples seen.
    private(set) var count = 0
    /// Samples of runs of three and more at the same rail.
    private(set) var clipped = 0
    private var sum = 0.0
    private var run = 0
    private var last: Float = 0
    private var peak: Float = 0

    /// The mean of all samples.
    var mean: Double { sum / Double(max(count, 1)) }
    /// Nothing was louder than A-law's idle code, 8.
    var isDead: Bool { peak <= 8 }

    mutating func add(_ samples: Span<Float>) {
        for index in samples.indices {
            let sample = samples[index]
            sum += Double(sample)
            peak = max(peak, abs(sample))
            run =
                abs(sample) >= Self.rail && (run == 0 || sample * last > 0) ? run + 1 : abs(sample) >= Self.rail ? 1 : 0
            if run == 3 { clipped += 3 } else if run > 3 { clipped += 1 }
            last = sample
        }
        count += samples.count
    }
}

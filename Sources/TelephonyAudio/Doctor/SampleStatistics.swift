// SPDX-License-Identifier: Apache-2.0

/// Mean, clipping and signs of life of a stream's samples, 16-bit scale.
struct SampleStatistics: Sendable {
    /// At and above this a sample stands at full scale: the largest code of either law, and what 16 bits hold.
    private static let rail: UInt16 = 31900
    /// Between this and the rail lies the second largest code of either law.
    private static let shoulder: UInt16 = 30900
    /// What is cut off stands at the rail this many times as long as beside it; the top of a full-scale sine, three
    /// codes of G.711 wide, stands there less than three times as long.
    private static let cutShare = 5

    /// Samples seen.
    private(set) var count = 0
    /// Samples of runs of three and more at the same value at the rail.
    private var atRail = 0
    private var atShoulder = 0
    private var sum = 0.0
    private var run = 0
    private var last: Int16 = 0
    private var peak: UInt16 = 0

    /// The mean of all samples.
    var mean: Double { sum / Double(max(count, 1)) }
    /// Nothing was louder than A-law's idle code, 8.
    var isDead: Bool { peak <= 8 }
    /// Samples that are cut off.
    var clipped: Int { atRail > Self.cutShare * atShoulder ? atRail : 0 }

    mutating func add(_ samples: Span<Int16>) {
        guard !samples.isEmpty else { return }
        count += samples.count
        sum += Double(SampleSums(samples).sum)
        var (lowest, highest) = (samples[0], samples[0])
        for index in samples.indices {
            let sample = unsafe samples[unchecked: index]
            lowest = min(lowest, sample)
            highest = max(highest, sample)
        }
        let loudest = max(lowest.magnitude, highest.magnitude)
        peak = max(peak, loudest)
        if loudest >= Self.shoulder {
            countLoud(samples)
        } else {
            run = 0
            last = samples[samples.count - 1]
        }
    }

    private mutating func countLoud(_ samples: Span<Int16>) {
        for index in samples.indices {
            let sample = samples[index]
            let magnitude = sample.magnitude
            if magnitude >= Self.rail {
                run = sample == last ? run + 1 : 1
                if run == 3 { atRail += 3 } else if run > 3 { atRail += 1 }
            } else {
                run = 0
                if magnitude >= Self.shoulder { atShoulder += 1 }
            }
            last = sample
        }
    }
}

// SPDX-License-Identifier: Apache-2.0

/// Counts durations in buckets whose width grows with the duration, as HDR histograms do.
///
/// Durations are nanoseconds. Below 256 ns each has a bucket of its own; above, each power of two is split into 128
/// buckets, so that ``value(atQuantile:)`` is never below the exact quantile and at most 1/128 (0.8 %) above it. Durations
/// above ``largest``, about 18 minutes, count as that. Two histograms merge without loss: all have the same buckets.
package struct LatencyHistogram: Sendable, Equatable {
    /// The longest duration that is told apart, in nanoseconds.
    package static let largest: Int64 = 1 << 40

    private static let stepsBits = 7
    private static let steps = 1 << stepsBits
    private static let bucketCount = bucket(of: largest) + 1

    private var counts: [UInt64]
    /// How many durations were counted.
    package private(set) var count: UInt64 = 0
    /// The sum of the durations, in nanoseconds.
    package private(set) var sum: Int64 = 0
    /// The longest duration, exactly; 0 when there is none.
    package private(set) var maximum: Int64 = 0

    /// An empty histogram; it takes 35 KB.
    package init() {
        counts = Array(repeating: 0, count: Self.bucketCount)
    }

    /// Counts one duration; a negative one counts as 0.
    package mutating func record(_ nanoseconds: Int64) {
        let value = min(max(nanoseconds, 0), Self.largest)
        counts[Self.bucket(of: value)] += 1
        count += 1
        sum += value
        maximum = max(maximum, value)
    }

    /// Adds what another histogram counted.
    package mutating func merge(_ other: LatencyHistogram) {
        for index in counts.indices { counts[index] += other.counts[index] }
        count += other.count
        sum += other.sum
        maximum = max(maximum, other.maximum)
    }

    /// The least duration that at least the part `quantile` of all do not exceed, as the upper end of its bucket.
    ///
    /// - Parameter quantile: 0 … 1.
    /// - Returns: Nanoseconds; 0 when nothing was counted.
    package func value(atQuantile quantile: Double) -> Int64 {
        guard count > 0 else { return 0 }
        let wanted = max(1, UInt64((Double(count) * min(max(quantile, 0), 1)).rounded(.up)))
        var seen: UInt64 = 0
        for (index, bucketCount) in counts.enumerated() where bucketCount > 0 {
            seen += bucketCount
            if seen >= wanted { return min(Self.upperEnd(of: index), maximum) }
        }
        return maximum
    }

    /// The mean in nanoseconds; 0 when nothing was counted.
    package var mean: Int64 { count > 0 ? sum / Int64(count) : 0 }

    /// The buckets that hold something, in order: their upper ends in nanoseconds and how many they hold.
    package var filled: [(upperEnd: Int64, count: UInt64)] {
        counts.enumerated().compactMap { $1 > 0 ? (Self.upperEnd(of: $0), $1) : nil }
    }

    /// The bucket of a duration: linear below two times ``steps``, then ``steps`` for each power of two.
    private static func bucket(of value: Int64) -> Int {
        let shift = max(0, 63 - stepsBits - value.leadingZeroBitCount)
        return shift << stepsBits + Int(value >> shift)
    }

    /// The longest duration of a bucket.
    private static func upperEnd(of bucket: Int) -> Int64 {
        let shift = max(0, bucket >> stepsBits - 1)
        let step = Int64(bucket - shift << stepsBits)
        return (step + 1) << shift - 1
    }
}

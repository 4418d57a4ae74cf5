// SPDX-License-Identifier: Apache-2.0

/// Counts durations in buckets whose width grows with the duration, as HDR histograms do.
///
/// Durations are nanoseconds. Each power of two is split into as many buckets as its ``Precision`` says, and the shortest
/// durations have one each, so that ``value(atQuantile:)`` is never below the exact quantile and at most the width of a
/// bucket above it. Durations above ``largest``, about 18 minutes, count as that. Two histograms of one precision merge
/// without loss: they have the same buckets.
package struct LatencyHistogram: Sendable, Equatable {
    /// The longest duration that is told apart, in nanoseconds.
    package static let largest: Int64 = 1 << 40

    /// How fine a histogram tells durations apart; the raw value is the logarithm of the buckets for each power of two.
    package enum Precision: Int, Sendable {
        /// To an eighth; it takes 2.4 KB.
        case coarse = 3
        /// To 1/128 (0.8 %); it takes 35 KB.
        case fine = 7
    }

    private let precision: Precision
    private var counts: [UInt64]
    /// How many durations were counted.
    package private(set) var count: UInt64 = 0
    /// The sum of the durations, in nanoseconds.
    package private(set) var sum: Int64 = 0
    /// The longest duration, exactly; 0 when there is none.
    package private(set) var maximum: Int64 = 0

    /// An empty histogram.
    package init(_ precision: Precision = .fine) {
        self.precision = precision
        counts = Array(repeating: 0, count: precision.bucket(of: Self.largest) + 1)
    }

    /// Counts a duration so many times; a negative one counts as 0.
    package mutating func record(_ nanoseconds: Int64, times: Int = 1) {
        let value = min(max(nanoseconds, 0), Self.largest)
        counts[precision.bucket(of: value)] += UInt64(times)
        count += UInt64(times)
        sum += value * Int64(times)
        maximum = max(maximum, value)
    }

    /// Becomes what another histogram of the same precision is, in its own memory: allocates nothing.
    package mutating func copy(_ other: LatencyHistogram) {
        precondition(precision == other.precision, "histograms of two precisions have different buckets")
        for index in counts.indices { counts[index] = other.counts[index] }
        (count, sum, maximum) = (other.count, other.sum, other.maximum)
    }

    /// Adds what another histogram of the same precision counted.
    package mutating func merge(_ other: LatencyHistogram) {
        precondition(precision == other.precision, "histograms of two precisions have different buckets")
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
            if seen >= wanted { return min(precision.upperEnd(of: index), maximum) }
        }
        return maximum
    }

    /// The mean in nanoseconds; 0 when nothing was counted.
    package var mean: Int64 { count > 0 ? sum / Int64(count) : 0 }

    /// The buckets that hold something, in order: their upper ends in nanoseconds and how many they hold.
    package var filled: [(upperEnd: Int64, count: UInt64)] {
        counts.enumerated().compactMap { $1 > 0 ? (precision.upperEnd(of: $0), $1) : nil }
    }
}

extension LatencyHistogram.Precision {
    /// The bucket of a duration: linear below two times the buckets of a power of two, then so many for each.
    fileprivate func bucket(of value: Int64) -> Int {
        let shift = max(0, 63 - rawValue - value.leadingZeroBitCount)
        return shift << rawValue + Int(value >> shift)
    }

    /// The longest duration of a bucket.
    fileprivate func upperEnd(of bucket: Int) -> Int64 {
        let shift = max(0, bucket >> rawValue - 1)
        let step = Int64(bucket - shift << rawValue)
        return (step + 1) << shift - 1
    }
}

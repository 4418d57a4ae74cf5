// SPDX-License-Identifier: Apache-2.0

/// How often each of a few reasons was met; from the 16th different one on they are counted together.
package struct ReasonCounts: Sendable, Equatable {
    private static let limit = 16
    private static let others = "other reasons"
    private var counts: [String: Int] = [:]

    /// Counts a reason.
    package mutating func count(_ reason: String, times: Int = 1) {
        let key = counts[reason] != nil || counts.count < Self.limit ? reason : Self.others
        counts[key, default: 0] += times
    }

    mutating func merge(_ other: ReasonCounts) {
        for (reason, times) in other.counts { count(reason, times: times) }
    }

    /// All reasons together.
    package var total: Int { counts.values.reduce(0, +) }

    /// The reasons, the most frequent first.
    package var sorted: [(reason: String, count: Int)] {
        counts.map { ($0.key, $0.value) }.sorted { ($0.1, $1.0) > ($1.1, $0.0) }
    }
}

// SPDX-License-Identifier: Apache-2.0

import CallModel

/// Decides by the lag of an event loop whether it takes another call.
///
/// The lag is averaged over the last eight ticks or so, and each tick counts for at most four times the limit: one hiccup,
/// however long, comes to half of the limit and refuses nobody. The gate closes when the average reaches the limit and opens
/// when it is down to half of it.
struct LagGate: Sendable, Equatable {
    /// The part of a new lag in the average is one in so many.
    private static let memory: Int64 = 8
    /// How many times the limit a tick counts at most.
    private static let ceiling: Int64 = 4

    /// The average at which the gate closes, in nanoseconds; nil for never.
    private(set) var limit: Int64?
    /// The average, in nanoseconds.
    private(set) var average: Int64 = 0
    /// Whether new calls are refused.
    private(set) var isClosed = false

    /// An open gate.
    init(limit: Duration?) { self.limit = limit?.wholeNanoseconds }

    /// Changes the limit; what was averaged stays.
    mutating func limit(to limit: Duration?) {
        self.limit = limit?.wholeNanoseconds
        if limit == nil { isClosed = false }
    }

    /// Takes how late a tick was, in nanoseconds.
    mutating func note(_ lag: Int64) {
        let highest = limit.map { $0 * Self.ceiling } ?? .max / Self.memory
        average += (min(max(lag, 0), highest) - average) / Self.memory
        guard let limit else { return }
        isClosed = isClosed ? average > limit / 2 : average >= limit
    }
}

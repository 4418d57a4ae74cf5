// SPDX-License-Identifier: Apache-2.0

/// How long an endpoint is left alone after it failed.
///
/// Waits double from a second to ten minutes unless told otherwise, each shortened by up to half at random, so that many servers do not come back
/// at once. The count is the endpoint's, not an event's: the next event does not begin anew with one that is down.
struct EndpointPace: Sendable, Equatable {
    /// The first wait, in milliseconds.
    static let firstWait: Int64 = 1_000
    /// The longest, in milliseconds.
    static let longestWait: Int64 = 600_000
    /// The longest that an endpoint may ask for, in milliseconds.
    static let longestAsked: Int64 = 3_600_000
    /// Failures in a row after which old events are given up: a machine that has just started may have no network yet.
    static let patience = 5

    private let longest: Int64
    /// Failures in a row.
    private(set) var failures = 0
    /// When the first of them was, by the clock that nobody sets, in milliseconds.
    private(set) var since: Int64 = 0
    /// When to try again, by the same clock.
    private(set) var nextAttempt: Int64 = 0

    /// The pace of an endpoint that has not failed, whose waits get no longer than `longestWait` milliseconds.
    init(longestWait: Int64 = Self.longestWait) { longest = longestWait }

    /// Whether it has failed often enough for old events to be given up.
    var isHopeless: Bool { failures >= Self.patience }

    /// Takes a failure.
    ///
    /// - Parameters:
    ///   - now: milliseconds, by the clock that nobody sets.
    ///   - asked: the wait that the endpoint asks for, in milliseconds; nil for none.
    ///   - chance: a random number, 0 to 1.
    /// - Returns: whether it is the first in a row.
    mutating func fail(at now: Int64, asked: Int64? = nil, chance: Double) -> Bool {
        let full = min(longest, Self.firstWait << Int64(min(failures, 20)))
        let wait = full - Int64(Double(full / 2) * min(1, max(0, chance)))
        nextAttempt = now + max(wait, min(Self.longestAsked, asked ?? 0))
        failures += 1
        guard failures == 1 else { return false }
        since = now
        return true
    }

    /// Takes a success; how long the endpoint failed in milliseconds and how often, if it did.
    mutating func succeed(at now: Int64) -> (lasted: Int64, attempts: Int)? {
        guard failures > 0 else { return nil }
        defer { self = EndpointPace(longestWait: longest) }
        return (now - since, failures)
    }
}

// SPDX-License-Identifier: Apache-2.0

/// What part of a loop's time was used of late, and what one call more would come to.
///
/// Measured over windows of a second or more. What a call costs is what the calls of the last window cost on average;
/// before anything was measured it is reckoned with ``costUnmeasured``.
struct ShareUsage: Sendable, Equatable {
    /// Nanoseconds that a window lasts at least.
    static let window: Int64 = 1_000_000_000
    /// What one call is taken to need before any was measured: a two-hundredth of a loop.
    static let costUnmeasured = 0.005

    /// Calls that are up.
    private(set) var calls = 0
    /// The part of a loop that one call needs.
    private(set) var cost = Self.costUnmeasured
    private var began: Int64
    private var used: Int64 = 0
    /// Calls by the nanosecond, and until when they were added up.
    private var callTime = 0.0
    private var counted: Int64

    /// Nothing used.
    ///
    /// - Parameter now: nanoseconds of uptime.
    init(at now: Int64) {
        began = now
        counted = now
    }

    /// Counts work that was done; gives what the window came to when it is over.
    mutating func spend(_ nanoseconds: Int64, at now: Int64) -> Int64? {
        used += nanoseconds
        return roll(to: now)
    }

    /// Counts a call that comes.
    mutating func enter(at now: Int64) {
        count(to: now)
        calls += 1
    }

    /// Counts a call that is over.
    mutating func leave(at now: Int64) {
        count(to: now)
        calls -= 1
    }

    /// The part of the loop, 0…1 and more, that the calls would need with one more.
    var expected: Double { cost * Double(calls + 1) }

    private mutating func count(to now: Int64) {
        callTime += Double(calls) * Double(max(0, now - counted))
        counted = max(counted, now)
    }

    /// Begins a window when one is over; gives what it came to.
    private mutating func roll(to now: Int64) -> Int64? {
        guard now - began >= Self.window else { return nil }
        count(to: now)
        // Half a call all the time, or one for half of it, is the least that says what calls cost.
        if callTime >= Double(now - began) / 2 { cost = Double(used) / callTime }
        began = now
        callTime = 0
        defer { used = 0 }
        return used
    }
}

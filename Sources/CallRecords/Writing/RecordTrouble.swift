// SPDX-License-Identifier: Apache-2.0

/// A writer's luck: how long it waits after a failure, and what is worth saying.
package struct RecordTrouble: Sendable, Equatable {
    /// The first wait after a failure, in milliseconds; each is twice the one before.
    static let firstWait: Int64 = 100
    /// The longest, in milliseconds.
    static let longestWait: Int64 = 5_000

    /// When the first of the failures in a row was, on the monotonic clock, in milliseconds; nil when all is well.
    package private(set) var since: Int64?
    /// Failures in a row.
    package private(set) var attempts = 0
    /// When to try again.
    package private(set) var nextAttempt: Int64 = 0

    /// All is well.
    package init() {}

    /// Takes a failure; whether it is the first.
    package mutating func fail(at now: Int64) -> Bool {
        let wait = min(Self.longestWait, Self.firstWait << Int64(min(attempts, 16)))
        nextAttempt = now + wait
        attempts += 1
        guard since == nil else { return false }
        since = now
        return true
    }

    /// Takes a success; how long the trouble lasted in milliseconds and how often it failed, when there was one.
    package mutating func succeed(at now: Int64) -> (lasted: Int64, attempts: Int)? {
        guard let since else { return nil }
        let told = (now - since, attempts)
        self = RecordTrouble()
        return told
    }
}

// SPDX-License-Identifier: Apache-2.0

/// How often something happened since it was told last, so that a flood of it is told once in a while.
struct RefusalMemory: Sendable {
    /// The time between two tellings.
    private static let interval: Duration = .seconds(10)

    private var count = 0
    private var toldAt: ContinuousClock.Instant?

    /// Notes one more; how many there were since the last telling, when it is time to tell.
    mutating func note(at now: ContinuousClock.Instant) -> Int? {
        count += 1
        if let toldAt, now - toldAt < Self.interval { return nil }
        defer { count = 0 }
        toldAt = now
        return count
    }
}

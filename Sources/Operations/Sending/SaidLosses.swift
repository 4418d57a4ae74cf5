// SPDX-License-Identifier: Apache-2.0

/// Says losses that go on no more than once in ten minutes.
struct SaidLosses: Sendable {
    /// Milliseconds between two lines.
    static let interval: Int64 = 600_000

    private var told = 0
    private var next: Int64?

    /// How many were lost since the last line; nil when there is nothing to say, or it is too early.
    mutating func take(_ total: Int, at now: Int64) -> Int? {
        guard total > told, next.map({ now >= $0 }) ?? true else { return nil }
        defer {
            told = total
            next = now + Self.interval
        }
        return total - told
    }
}

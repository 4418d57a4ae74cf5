// SPDX-License-Identifier: Apache-2.0

/// What a spool holds.
struct SpoolCounts: Sendable, Equatable {
    /// Events that wait, by endpoint.
    var waiting: [String: Int] = [:]
    /// Since when the oldest of them has, in milliseconds by the clock that nobody sets.
    var oldest: [String: Int64] = [:]
    /// Dead letters of all endpoints.
    var dead = 0
}

// SPDX-License-Identifier: Apache-2.0

/// What a transaction changed, for the counters.
struct SpoolChange: Sendable, Equatable {
    /// Events that wait now, by endpoint.
    var added: [String: Int] = [:]
    /// Events that became dead letters, by endpoint.
    var dead: [String: Int] = [:]
    /// Events that found no room, and dead letters that were let go.
    var dropped = 0
}

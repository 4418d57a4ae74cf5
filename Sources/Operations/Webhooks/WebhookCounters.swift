// SPDX-License-Identifier: Apache-2.0

/// What became of events, for metrics.
package struct WebhookCounters: Sendable, Equatable {
    /// What became of one endpoint's.
    package struct Endpoint: Sendable, Equatable {
        /// Events that wait for it.
        package var backlog = 0
        /// Since when the oldest of them has, in milliseconds by a clock that nobody sets; nil while none is known.
        ///
        /// It is looked for every five seconds.
        package var oldest: Int64?
        /// How long the oldest has waited, in milliseconds.
        package var age: Int64 = 0
        /// Events that it took.
        package var delivered = 0
        /// Times that it was sent one in vain.
        package var retried = 0
        /// Events that became dead letters.
        package var dead = 0
        /// Whether the last try failed.
        package var isFailing = false
    }

    /// Each endpoint's, by its name, as far as the configuration has it.
    package var endpoints: [String: Endpoint] = [:]
    /// Calls that are live, or whose end is not in the spool yet.
    package var pending = 0
    /// Entries that wait to be put into the spool.
    package var queued = 0
    /// Dead letters that are kept.
    package var deadLetters = 0
    /// Events that were left out, and dead letters that were let go.
    package var dropped = 0
    /// Calls that were refused because too many ends wait for the disk.
    package var refused = 0
    /// Transactions that failed and were tried again.
    package var failures = 0
    /// Whether the last one that wrote events failed.
    package var isInTrouble = false
    /// Calls of runs that died, whose end this one told.
    package var recovered = 0

    /// Events that wait, of all endpoints.
    package var backlog: Int { endpoints.values.reduce(0) { $0 + $1.backlog } }
    /// Events that were delivered.
    package var delivered: Int { endpoints.values.reduce(0) { $0 + $1.delivered } }
    /// Times that one was sent in vain.
    package var retried: Int { endpoints.values.reduce(0) { $0 + $1.retried } }
    /// Events that became dead letters.
    package var dead: Int { endpoints.values.reduce(0) { $0 + $1.dead } }
}

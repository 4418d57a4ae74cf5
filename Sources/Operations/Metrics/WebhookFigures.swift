// SPDX-License-Identifier: Apache-2.0

/// How webhooks stand, as whoever sends them tells it.
package struct WebhookFigures: Sendable, Equatable {
    /// Events that wait for their delivery.
    package var pending: Int
    /// Endpoints whose last try failed.
    package var failing: Int
    /// Events that were delivered.
    package var delivered: Int
    /// Attempts that failed and are tried again.
    package var failures: Int
    /// Events that were given up.
    package var dead: Int
    /// Events that were given up and are kept.
    package var deadLetters: Int
    /// Events that were left out, and dead letters that were let go.
    package var dropped: Int
    /// Calls that were refused because too many ends wait for the disk.
    package var refused: Int
    /// Entries that wait to be put into the spool.
    package var queued: Int
    /// Uses of the spool that failed and were tried again.
    package var spoolFailures: Int
    /// Whether the spool cannot be written.
    package var isInTrouble: Bool

    /// How webhooks stand.
    package init(
        pending: Int,
        failing: Int = 0,
        delivered: Int = 0,
        failures: Int = 0,
        dead: Int = 0,
        deadLetters: Int = 0,
        dropped: Int = 0,
        refused: Int = 0,
        queued: Int = 0,
        spoolFailures: Int = 0,
        isInTrouble: Bool = false
    ) {
        self.pending = pending
        self.failing = failing
        self.delivered = delivered
        self.failures = failures
        self.dead = dead
        self.deadLetters = deadLetters
        self.dropped = dropped
        self.refused = refused
        self.queued = queued
        self.spoolFailures = spoolFailures
        self.isInTrouble = isInTrouble
    }

    /// How webhooks stand, by what their sender counted.
    package init(_ counters: WebhookCounters) {
        self.init(
            pending: counters.backlog,
            failing: counters.endpoints.values.count { $0.isFailing },
            delivered: counters.delivered,
            failures: counters.retried,
            dead: counters.dead,
            deadLetters: counters.deadLetters,
            dropped: counters.dropped,
            refused: counters.refused,
            queued: counters.queued,
            spoolFailures: counters.failures,
            isInTrouble: counters.isInTrouble
        )
    }

    func write(into text: inout PrometheusText) {
        text.single("voicebridge_webhooks_pending", .gauge, "Events that wait for their delivery.", Double(pending))
        text.single("voicebridge_webhooks_failing", .gauge, "Endpoints whose last try failed.", Double(failing))
        text.single("voicebridge_webhooks_delivered_total", .counter, "Events that were delivered.", Double(delivered))
        text.single("voicebridge_webhooks_failures_total", .counter, "Attempts that failed.", Double(failures))
        text.single("voicebridge_webhooks_dead_total", .counter, "Events that were given up.", Double(dead))
        let letters = Double(deadLetters)
        text.single("voicebridge_webhooks_dead_letters", .gauge, "Events that were given up and are kept.", letters)
        let left = "Events that were left out, and dead letters that were let go."
        text.single("voicebridge_webhooks_dropped_total", .counter, left, Double(dropped))
        let refusals = "Calls refused for want of room for their end."
        text.single("voicebridge_webhooks_refused_total", .counter, refusals, Double(refused))
        text.single("voicebridge_webhooks_queued", .gauge, "What waits to be put into the spool.", Double(queued))
        let tried = "Uses of the spool that failed and were tried again."
        text.single("voicebridge_webhooks_spool_failures_total", .counter, tried, Double(spoolFailures))
        let trouble = isInTrouble ? 1.0 : 0
        text.single("voicebridge_webhooks_in_trouble", .gauge, "1 while the spool cannot be written.", trouble)
    }
}

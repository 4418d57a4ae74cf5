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

    /// How webhooks stand.
    package init(pending: Int, failing: Int = 0, delivered: Int = 0, failures: Int = 0, dead: Int = 0) {
        self.pending = pending
        self.failing = failing
        self.delivered = delivered
        self.failures = failures
        self.dead = dead
    }

    /// How webhooks stand, by what their sender counted.
    package init(_ counters: WebhookCounters) {
        self.init(
            pending: counters.backlog,
            failing: counters.endpoints.values.count { $0.isFailing },
            delivered: counters.delivered,
            failures: counters.retried,
            dead: counters.dead
        )
    }

    func write(into text: inout PrometheusText) {
        text.single("voicebridge_webhooks_pending", .gauge, "Events that wait for their delivery.", Double(pending))
        text.single("voicebridge_webhooks_failing", .gauge, "Endpoints whose last try failed.", Double(failing))
        text.single("voicebridge_webhooks_delivered_total", .counter, "Events that were delivered.", Double(delivered))
        text.single("voicebridge_webhooks_failures_total", .counter, "Attempts that failed.", Double(failures))
        text.single("voicebridge_webhooks_dead_total", .counter, "Events that were given up.", Double(dead))
    }
}

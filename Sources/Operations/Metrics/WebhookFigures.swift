// SPDX-License-Identifier: Apache-2.0

extension WebhookCounters {
    /// Writes how webhooks stand.
    func write(into text: inout PrometheusText) {
        typealias Figure = (name: String, kind: PrometheusText.Kind, help: String, value: (Endpoint) -> Double)
        let ofEndpoints: [Figure] = [
            ("pending", .gauge, "Events that wait for an endpoint.", { Double($0.backlog) }),
            ("oldest_seconds", .gauge, "How long the oldest of them has waited.", { Double($0.age) / 1_000 }),
            ("failing", .gauge, "1 while an endpoint's last try failed.", { $0.isFailing ? 1 : 0 }),
            ("delivered_total", .counter, "Events that were delivered.", { Double($0.delivered) }),
            ("failures_total", .counter, "Attempts that failed.", { Double($0.retried) }),
            ("dead_total", .counter, "Events that were given up.", { Double($0.dead) }),
        ]
        let names = endpoints.sorted { $0.key < $1.key }
        for figure in ofEndpoints {
            let family = "voicebridge_webhooks_" + figure.name
            text.family(family, figure.kind, figure.help)
            for (name, endpoint) in names {
                text.sample(family, MetricLabels([("endpoint", name)]), figure.value(endpoint))
            }
        }
        let ofAll: [(name: String, kind: PrometheusText.Kind, help: String, value: Int)] = [
            ("queued", .gauge, "Entries that wait to be put into the spool.", queued),
            ("calls", .gauge, "Calls that are up, or whose end is not in the spool.", pending),
            ("dead_letters", .gauge, "Dead letters that are kept.", deadLetters),
            ("in_trouble", .gauge, "1 while events cannot be put into the spool.", isInTrouble ? 1 : 0),
            ("dropped_total", .counter, "Events left out and dead letters let go, since too many wait.", dropped),
            ("refused_total", .counter, "Calls refused for want of room for their events.", refused),
            ("spool_failures_total", .counter, "Uses of the spool that failed and were tried again.", failures),
            ("recovered_total", .counter, "Calls of earlier runs that died with them, whose end was told.", recovered),
        ]
        for figure in ofAll {
            text.single("voicebridge_webhooks_" + figure.name, figure.kind, figure.help, Double(figure.value))
        }
    }
}

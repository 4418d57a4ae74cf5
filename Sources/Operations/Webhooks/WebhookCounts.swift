// SPDX-License-Identifier: Apache-2.0
import Synchronization

/// Counters that the writer and the deliveries share.
final class WebhookCounts: Sendable {
    private let counters = Mutex(WebhookCounters())

    /// Counters of endpoints that are all zero.
    init(_ endpoints: [String]) {
        counters.withLock { counters in
            for name in endpoints { counters.endpoints[name] = WebhookCounters.Endpoint() }
        }
    }

    var current: WebhookCounters { counters.withLock { $0 } }

    func update(_ change: (inout WebhookCounters) -> Void) { counters.withLock { change(&$0) } }

    /// An endpoint took an event.
    func delivered(to name: String) {
        update { counters in
            counters.endpoints[name]?.delivered += 1
            counters.endpoints[name]?.backlog -= 1
            if counters.endpoints[name]?.backlog == 0 { counters.endpoints[name]?.oldest = nil }
        }
    }

    /// An endpoint did not take one.
    func failed(_ name: String) {
        update { counters in
            counters.endpoints[name]?.retried += 1
            counters.endpoints[name]?.isFailing = true
        }
    }

    /// An endpoint takes events again.
    func recovered(_ name: String) { update { $0.endpoints[name]?.isFailing = false } }

    /// The spool changed.
    func add(_ change: SpoolChange) {
        update { counters in
            for (name, count) in change.added { counters.endpoints[name]?.backlog += count }
            for (name, count) in change.dead {
                counters.endpoints[name]?.dead += count
                counters.endpoints[name]?.backlog -= count
                counters.deadLetters += count
            }
            counters.dropped += change.dropped
        }
    }

    /// What the spool holds was counted.
    func hold(_ counts: SpoolCounts) {
        update { counters in
            for name in counters.endpoints.keys {
                counters.endpoints[name]?.backlog = counts.waiting[name] ?? 0
                counters.endpoints[name]?.oldest = counts.oldest[name]
            }
            counters.deadLetters = counts.dead
        }
    }
}

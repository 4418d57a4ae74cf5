// SPDX-License-Identifier: Apache-2.0
import BridgeConfiguration
import CallModel
import CallRecords
import Logging
import Synchronization

// What is told.
extension SpanExporter {
    /// Notes a failure, and says the first of several.
    func fail(_ pace: inout EndpointPace, _ asked: Int64?, _ consequence: String) {
        let isFirst = pace.fail(at: clock.monotonic(), asked: asked, chance: chance())
        state.withLock { $0.counters.isFailing = true }
        guard isFirst else { return }
        logger.warning(
            "the collector of traces does not take spans; calls go on, and \(consequence)",
            metadata: ["url": "\(collector.settings.url)"]
        )
    }

    func tell(refused: Int, _ reason: String) {
        let isFirst = state.withLock { state in
            defer { state.counters.hasRejected = true }
            return !state.counters.hasRejected
        }
        guard isFirst else { return }
        logger.warning(
            "the collector of traces refuses some spans; this is said once: \(reason)",
            metadata: ["url": "\(collector.settings.url)", "spans": "\(refused)"]
        )
    }

    func tell(lost: Int) {
        logger.warning("spans were left out, since too many wait for the collector", metadata: ["spans": "\(lost)"])
    }

    func tell(recovered told: (lasted: Int64, attempts: Int)) {
        state.withLock { $0.counters.isFailing = false }
        logger.notice(
            "the collector of traces takes spans again",
            metadata: [
                "milliseconds": "\(told.lasted)", "attempts": "\(told.attempts)", "dropped": "\(counters.dropped)",
            ]
        )
    }
}

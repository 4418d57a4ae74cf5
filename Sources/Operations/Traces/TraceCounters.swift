// SPDX-License-Identifier: Apache-2.0

/// What became of spans, for metrics.
package struct TraceCounters: Sendable, Equatable {
    /// Spans that wait for the collector, or are on their way.
    package var pending = 0
    /// Spans that the collector took.
    package var exported = 0
    /// Spans that found no room while others waited.
    package var dropped = 0
    /// Spans that the collector does not want.
    package var failed = 0
    /// Whether the last request failed.
    package var isFailing = false
    /// Whether the collector took a request without some of its spans.
    var hasRejected = false

    func write(into text: inout PrometheusText) {
        text.single("voicebridge_trace_spans_pending", .gauge, "Spans that wait for the collector.", Double(pending))
        let exported = "voicebridge_trace_spans_exported_total"
        text.single(exported, .counter, "Spans that the collector took.", Double(self.exported))
        let dropped = "voicebridge_trace_spans_dropped_total"
        text.single(dropped, .counter, "Spans that found no room while others waited.", Double(self.dropped))
        let failed = "voicebridge_trace_spans_failed_total"
        text.single(failed, .counter, "Spans that the collector does not want.", Double(self.failed))
        let failing = "voicebridge_traces_failing"
        text.single(failing, .gauge, "Whether the collector's last answer was a failure.", isFailing ? 1 : 0)
    }
}

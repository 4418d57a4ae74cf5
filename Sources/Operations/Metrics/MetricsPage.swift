// SPDX-License-Identifier: Apache-2.0

package import BridgeServer
package import CallRecords

/// Everything that Prometheus is told, gathered when it asks.
///
/// Nothing of it is counted with a frame: figures of calls were counted when they ended, those of event loops are taken from
/// the loops' boards, and one short turn of each loop tells what waits on its calls.
package struct MetricsPage: Sendable {
    /// How long event loops are waited for.
    static let patience: Duration = .milliseconds(500)

    /// The server.
    package var server: BridgeServer
    /// What was counted through swift-metrics; nil for nothing.
    package var metrics: PrometheusMetrics?
    /// The recorder, where there is one.
    package var recorder: CallRecorder?
    /// What records the calls' audio, where something does.
    package var recordings: Recordings?
    /// How webhooks stand, where there are any.
    package var webhooks: (@Sendable () -> WebhookCounters)?
    /// How spans stand, where calls are traced.
    package var traces: (@Sendable () -> TraceCounters)?
    /// What the system tells of this process.
    let process = ProcessWatch()

    /// A page of these parts.
    package init(
        server: BridgeServer,
        metrics: PrometheusMetrics?,
        recorder: CallRecorder? = nil,
        recordings: Recordings? = nil,
        webhooks: (@Sendable () -> WebhookCounters)? = nil,
        traces: (@Sendable () -> TraceCounters)? = nil
    ) {
        self.server = server
        self.metrics = metrics
        self.recorder = recorder
        self.recordings = recordings
        self.webhooks = webhooks
        self.traces = traces
    }

    /// The page, in Prometheus' text format.
    package func text() async -> String {
        let queued = await server.queuedAudio(within: Self.patience)
        var text = PrometheusText()
        ServerFigures(server: server).write(queued, into: &text)
        recorder?.counters.write(into: &text)
        recordings?.counters.write(into: &text)
        webhooks?().write(into: &text)
        traces?().write(into: &text)
        process.figures?.write(into: &text)
        if let metrics {
            metrics.write(into: &text)
            let dropped = "voicebridge_metrics_dropped_total"
            text.single(dropped, .counter, "Figures that are not kept: too many series.", Double(metrics.dropped))
        }
        return text.text
    }
}

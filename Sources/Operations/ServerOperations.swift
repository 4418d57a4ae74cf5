// SPDX-License-Identifier: Apache-2.0

package import BridgeConfiguration
package import BridgeServer
package import CallRecords
package import Logging

/// The admin API and the metrics of one server, joined to it.
///
/// Made before the server, so that ``observers`` can be given to it, and joined to it by
/// ``serve(_:recorder:recordings:webhooks:traces:voice:level:logger:)`` before it runs.
package struct ServerOperations: Sendable {
    /// What keeps the figures; nil when none are kept.
    package let metrics: PrometheusMetrics?
    private let configuration: BridgeConfiguration

    /// The operations of a configuration.
    package init(_ configuration: BridgeConfiguration) {
        self.configuration = configuration
        metrics = configuration.observability.keepsMetrics ? PrometheusMetrics() : nil
    }

    /// Who must be told what happens to calls.
    package var observers: [any CallObserver] {
        guard let metrics else { return [] }
        return [CallMetrics(factory: metrics, labelsRoutes: configuration.observability.labelsRoutes)]
    }

    /// Has a server's admin port answer operators and Prometheus.
    ///
    /// - Parameters:
    ///   - server: the server, which was given ``observers``.
    ///   - recorder: what records its calls, where something does.
    ///   - recordings: what records their audio, where something does.
    ///   - webhooks: how its webhooks stand, where there are any.
    ///   - traces: how its spans stand, where its calls are traced.
    ///   - voice: says the texts that operators have played, where something does.
    ///   - level: the level of the program's log.
    ///   - logger: where operators' actions are told.
    package func serve(
        _ server: BridgeServer,
        recorder: CallRecorder? = nil,
        recordings: Recordings? = nil,
        webhooks: (@Sendable () -> WebhookCounters)? = nil,
        traces: (@Sendable () -> TraceCounters)? = nil,
        voice: AdminSpeech? = nil,
        level: LogLevel,
        logger: Logger
    ) {
        let page = MetricsPage(
            server: server,
            metrics: metrics,
            recorder: recorder,
            recordings: recordings,
            webhooks: webhooks,
            traces: traces
        )
        let api = AdminAPI(
            server: server,
            configuration: configuration,
            page: page,
            voice: voice,
            level: level,
            logger: logger
        )
        server.serveAdmin(with: api)
    }
}

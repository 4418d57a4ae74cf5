// SPDX-License-Identifier: Apache-2.0
import BridgeConfiguration
import BridgeServer
import CallRecords
import Logging
import Metrics
import Operations
import OutboundHTTP
import PlatformAPIs

/// All that a configuration asks for beside the server: what records calls, tells others of them, and shows how they go.
struct ServeParts: Sendable {
    let configuration: BridgeConfiguration
    let logger: Logger
    let platforms: PlatformServices
    private let level: LogLevel
    private let operations: ServerOperations
    private let exporter: SpanExporter?
    private let tracer: OTLPTracer?
    private let recorder: CallRecorder?
    private let recordings: Recordings?
    private let webhooks: WebhookSender?

    /// Opens files and folders, and begins to write to them; ``close()`` ends that.
    ///
    /// - Throws: an error that names what cannot be used.
    init(_ configuration: BridgeConfiguration) throws {
        self.configuration = configuration
        let traces = configuration.observability.traces
        let level = LogLevel(configuration.logging)
        let logger = Logger.configured(
            configuration.logging,
            level: level,
            metadata: traces == nil ? nil : OTLPTracer.metadata
        )
        (self.level, self.logger) = (level, logger)
        let exporter = traces.map {
            SpanExporter($0, version: ProgramVersion.text, client: URLSessionClient(), logger: logger)
        }
        tracer = exporter.flatMap { exporter in traces.map { OTLPTracer($0, exporter: exporter) } }
        self.exporter = exporter
        platforms = PlatformServices(
            configuration,
            exchange: PlatformExchange(client: Self.client(tracer, "platform request")),
            logger: logger
        )
        operations = ServerOperations(configuration)
        recorder = try Self.recorder(configuration, logger)
        do {
            webhooks = try Self.webhooks(configuration, tracer, logger)
            recordings = try Self.recordings(configuration, logger)
        } catch {
            recorder?.close()
            throw error
        }
    }

    /// The server, joined to all of it; once in a process that keeps figures.
    ///
    /// - Throws: an error that names what cannot be served.
    func makeServer() throws -> BridgeServer {
        if let metrics = operations.metrics { MetricsSystem.bootstrap(metrics) }
        let catalogues = platforms.parts(configuration)
        let keepers = ([recorder, webhooks] as [(any CallKeeper)?]).compactMap { $0 }
        let server = try BridgeServer(
            configuration: configuration,
            bots: catalogues.bots,
            receivers: catalogues.receivers,
            callControls: catalogues.callControls,
            observers: operations.observers + [webhooks].compactMap { $0 },
            keeper: keepers.isEmpty ? nil : CallKeepers(keepers),
            recorder: recordings,
            tracer: tracer,
            logger: logger,
            directory: platforms.directory
        )
        operations.serve(
            server,
            recorder: recorder,
            recordings: recordings,
            webhooks: webhooks.map { sender in { @Sendable in sender.counters } },
            traces: exporter.map { exporter in { @Sendable in exporter.counters } },
            voice: OperatorVoice.make(configuration.admin, client: platforms.client),
            level: level,
            logger: logger
        )
        return server
    }

    /// Begins to send; once.
    func start() {
        webhooks?.start()
        exporter?.start()
    }

    /// Writes and sends what is left, each for a while at most.
    func close() async {
        // Files first: their ends are told by webhooks and stand in the records.
        recordings?.close()
        await webhooks?.close()
        await exporter?.close()
        recorder?.close()
    }

    /// What tells others of the calls, where that is asked for.
    private static func webhooks(
        _ configuration: BridgeConfiguration,
        _ tracer: OTLPTracer?,
        _ logger: Logger
    ) throws -> WebhookSender? {
        guard let path = configuration.webhooks.spool, !configuration.webhooks.endpoints.isEmpty else { return nil }
        return try WebhookSender(
            path: path,
            settings: configuration.webhooks,
            calls: configuration.limits.calls,
            // A client of its own: a platform that is slow to answer takes no connections of it.
            client: client(tracer, "webhook"),
            logger: logger
        )
    }

    /// A client of its own, whose requests are spans of a name in the traces of their calls.
    private static func client(_ tracer: OTLPTracer?, _ name: String) -> any HTTPClient {
        guard let tracer else { return URLSessionClient() }
        return TracedHTTPClient(URLSessionClient(), tracer: tracer, name: name)
    }

    /// What records the calls, where that is asked for.
    private static func recorder(_ configuration: BridgeConfiguration, _ logger: Logger) throws -> CallRecorder? {
        guard let path = configuration.records.path else { return nil }
        return try CallRecorder(
            path: path,
            settings: configuration.records,
            calls: configuration.limits.calls,
            logger: logger
        )
    }

    /// What records the calls' audio, where that is asked for.
    private static func recordings(_ configuration: BridgeConfiguration, _ logger: Logger) throws -> Recordings? {
        guard let folder = configuration.recording.folder else { return nil }
        return try Recordings(
            folder: folder,
            settings: configuration.recording,
            calls: configuration.limits.calls,
            logger: logger
        )
    }
}

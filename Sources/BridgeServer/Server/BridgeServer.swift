// SPDX-License-Identifier: Apache-2.0

package import BridgeConfiguration
import CallModel
import Dialects
public import Logging
import NIOCore
import NIOPosix
public import ServiceLifecycle
import Synchronization
public import Tracing
import TransportSecurity

/// A server that platforms stream calls to.
///
/// ```swift
/// var bots = BotCatalogue()
/// bots.register(BotDescription(name: "parrot", summary: "says it back")) { _ in Parrot() }
/// let server = try BridgeServer(configurationFile: "voicebridge.yaml", bots: bots)
/// try await server.run()
/// ```
///
/// ``run()`` returns when the server was told to stop, by ServiceLifecycle's graceful shutdown or by ``stop()``: new calls
/// are refused with 503 then, live ones are handed over, end by themselves, or hear a goodbye when `drain_deadline` is over.
public final class BridgeServer: Service {
    let core: ServerCore
    let logger: Logger
    /// Held while the configuration is read anew: one reading after the other.
    let reloading = Mutex(())
    let state = Mutex(State())

    struct State {
        var isStopping = false
        var isHurried = false
        var isCancelled = false
        /// Keys whose new values wait for a restart.
        var kept: [String] = []
        /// Whether the configuration that was read last was refused.
        var isRefused = false
        var waiter: CheckedContinuation<Void, Never>?
        var bound: BoundAddresses?
    }

    /// Where a running server listens.
    public struct BoundAddresses: Sendable, Equatable {
        /// The URL platforms connect to, without a path: `wss://127.0.0.1:8443`.
        public var url: String
        /// The port of that URL.
        public var port: Int
        /// The admin port.
        public var adminPort: Int
    }

    /// A server of a checked configuration.
    ///
    /// - Parameters:
    ///   - configuration: what to serve.
    ///   - bots: the bots that its routes name.
    ///   - kinds: the kinds that its receivers name.
    ///   - callControls: the platforms that its routes name for what their wires cannot carry.
    ///   - observers: are told what happens to calls.
    ///   - keeper: keeps the calls' records; one must be given when the configuration asks for records.
    ///   - recorder: records calls' audio; one must be given when a route of the configuration asks for it.
    ///   - tracer: traces calls; one must be given when the configuration asks for traces.
    ///   - logger: where to log.
    ///   - identities: the calls that are live by what platforms call them.
    ///   - directory: where what platforms tell beside the socket finds its call.
    ///   - clock: seconds since 1970, by which credentials age; the system's unless given.
    /// - Throws: ``BridgeServerError`` when a bot, a prompt, a certificate or a dialect's option is no good.
    package init(
        configuration: BridgeConfiguration,
        bots: BotCatalogue,
        receivers kinds: ReceiverCatalogue = ReceiverCatalogue(),
        callControls: CallControlCatalogue = CallControlCatalogue(),
        observers: [any CallObserver] = [],
        keeper: (any CallKeeper)? = nil,
        recorder: (any AudioRecorder)? = nil,
        tracer: (any Tracer)? = nil,
        logger: Logger,
        identities: CallIdentities = CallIdentities(),
        directory: CallDirectory = CallDirectory(),
        clock: (@Sendable () -> Int)? = nil
    ) throws {
        guard configuration.records.path == nil || keeper != nil else {
            throw BridgeServerError("records.path: this program keeps no records; leave it off, or give it a keeper")
        }
        guard configuration.webhooks.endpoints.isEmpty || keeper != nil else {
            throw BridgeServerError("webhooks.endpoints: this program sends no webhooks; leave them off")
        }
        guard configuration.observability.traces == nil || tracer != nil else {
            let advice = "leave it off, or give it a tracer"
            throw BridgeServerError("observability.traces: this program exports no traces; \(advice)")
        }
        self.logger = logger
        let refusals = RefusalCounts()
        let parts = ServerParts(
            configuration: configuration,
            bots: bots,
            receivers: kinds,
            callControls: callControls,
            recorder: recorder
        )
        core = ServerCore(
            try ServedConfiguration(parts),
            logging: LoggingObserver(logger: logger),
            observers: [refusals, directory] + observers,
            refusals: refusals,
            keeper: keeper,
            tracer: tracer,
            identities: identities,
            clock: clock ?? UnixTime.seconds
        )
        directory.tell(to: core.observer)
        core.restoreMinutes(configuration, logger)
    }

    /// A server of a configuration file.
    ///
    /// - Parameters:
    ///   - configurationFile: the path of a YAML file.
    ///   - bots: the bots that its routes name.
    ///   - observers: are told what happens to calls.
    ///   - keeper: keeps the calls' records; one must be given when the file asks for records.
    ///   - tracer: traces calls, such as `InstrumentationSystem.tracer`: the span `call` with one for each turn below it.
    ///   - logger: where to log; its metadata provider is asked with each call's context.
    /// - Throws: an error whose description names every fault of the file by line and key.
    public convenience init(
        configurationFile: String,
        bots: BotCatalogue,
        observers: [any CallObserver] = [],
        keeper: (any CallKeeper)? = nil,
        tracer: (any Tracer)? = nil,
        logger: Logger = Logger(label: "voicebridge")
    ) throws {
        let configuration = try BridgeConfiguration.load(file: configurationFile, bots: bots.descriptions)
        try self.init(
            configuration: configuration,
            bots: bots,
            observers: observers,
            keeper: keeper,
            tracer: tracer,
            logger: logger
        )
    }

    /// Listens and serves until told to stop; once per server.
    ///
    /// When its task is cancelled, live calls are hung up at once.
    ///
    /// - Throws: ``BridgeServerError`` when an address cannot be bound.
    public func run() async throws { try await run { _ in } }

    /// Listens and serves until told to stop; `onListening` is called once both ports are bound.
    public func run(onListening: @Sendable (BoundAddresses) -> Void) async throws {
        let group = MultiThreadedEventLoopGroup(numberOfThreads: core.loops.count)
        // A thread of its own: probes take no turns of calls, and are answered when the loops of calls are late.
        let admin = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        core.bots.start()
        do {
            let listener = try await Listener.bind(self, group: group, admin: admin)
            state.withLock { $0.bound = listener.addresses }
            onListening(listener.addresses)
            await withTaskCancellationHandler {
                await withGracefulShutdownHandler {
                    await waitUntilStopped()
                } onGracefulShutdown: {
                    self.stop()
                }
                // Tasks of their own from here on: to wait is nothing that a cancelled one can do.
                await Task { await drain() }.value
            } onCancel: {
                state.withLock { $0.isCancelled = true }
                stop()
            }
            await listener.close()
        } catch {
            await Task { await end(group, admin) }.value
            throw error
        }
        await Task { await end(group, admin) }.value
    }

    private func end(_ group: MultiThreadedEventLoopGroup, _ admin: MultiThreadedEventLoopGroup) async {
        core.gate.shut()
        try? await group.shutdownGracefully()
        try? await admin.shutdownGracefully()
        if await !core.shutDownBots(within: .seconds(1)) {
            logger.error("bots that did not return are left behind", metadata: ["calls": "\(callCount)"])
        }
    }

    /// Begins to stop: new calls are refused, live ones go on.
    ///
    /// Returns at once; ``run()`` returns when all are over.
    public func stop() {
        core.admission.drain()
        let waiter = state.withLock { state -> CheckedContinuation<Void, Never>? in
            state.isStopping = true
            defer { state.waiter = nil }
            return state.waiter
        }
        waiter?.resume()
    }

    /// Ends the time that live calls have after ``stop()``: those that are left hear their goodbye and are hung up.
    ///
    /// Begins to stop, where that was not done before. Returns at once.
    public func hurry() {
        state.withLock { $0.isHurried = true }
        stop()
    }

    /// Calls that are up, those whose bot is overdue included.
    public var callCount: Int { core.admission.calls }

    /// Connections that are open on the public port.
    package var connectionCount: Int { core.admission.connections }

    /// What was measured on each event loop, in the order of their numbers; may be asked on any thread and at any time.
    ///
    /// At most a tenth of a second old while there is something to do, else a second, unless the loop is overdue.
    package var loops: [LoopFigures] { core.loopFigures }

    /// Whether it was told to stop.
    package var isStopping: Bool { state.withLock { $0.isStopping } }

    /// Whether the configuration that was read last was refused, so that an older one is served.
    package var hasRefusedConfiguration: Bool { state.withLock { $0.isRefused } }

    /// Keys of the configuration that is served whose values wait for a restart.
    package var keptSettings: [String] { state.withLock { $0.kept } }

    /// What new calls are served by.
    package var configuration: BridgeConfiguration { core.served.parts.configuration }

    /// How often a connection, an upgrade or a request was refused, by reason.
    package var refusals: [String: Int] { core.refusals.byReason }

    /// Where the server listens, once it does.
    package var addresses: BoundAddresses? { state.withLock { $0.bound } }

    private func waitUntilStopped() async {
        await withCheckedContinuation { continuation in
            let isStopping = state.withLock { state in
                if !state.isStopping { state.waiter = continuation }
                return state.isStopping
            }
            if isStopping { continuation.resume() }
        }
    }
}

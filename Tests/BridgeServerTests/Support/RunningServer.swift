import Bots
// SPDX-License-Identifier: Apache-2.0
import BridgeConfiguration
import CallModel
import Logging
import Testing
import TransportSecurity
import VoiceBridge

@testable import BridgeServer

/// A server on free ports for one test.
struct RunningServer: Sendable {
    let server: BridgeServer
    let observed: ObservedCalls
    let port: Int
    let adminPort: Int

    static let token = "s3cret-t0ken"

    /// An open, plain route.
    static let open = """
        listen: {port: 0, plain: true}
        admin: {port: 0}
        routes: [{authentication: {none: true}, bot: test}]
        """

    /// A file with the bot `test` and the built-in ones.
    static func configuration(
        _ yaml: String = open,
        receivers: ReceiverCatalogue = ReceiverCatalogue(),
        callControls: CallControlCatalogue = CallControlCatalogue(),
        _ change: (inout BridgeConfiguration) -> Void = { _ in }
    ) throws -> BridgeConfiguration {
        let bots = [BotDescription(name: "test", summary: "of a test")] + BuiltInBots.all.map(\.description)
        var configuration = try BridgeConfiguration.load(
            yaml: yaml,
            file: "test.yaml",
            bots: bots,
            dialects: BridgeConfiguration.servedDialects,
            receivers: receivers.schemas,
            callControls: callControls.schemas,
            environment: [:]
        ) { path in try TemporaryFolder.read(path) }
        configuration.limits.eventLoops = 2
        configuration.limits.drainDeadline = .seconds(5)
        // Deadlines that no busy machine meets by itself; those that a test is about it sets.
        configuration.limits.handshakeTimeout = .seconds(120)
        configuration.limits.lag = nil
        for index in configuration.routes.indices {
            configuration.routes[index].limits.startTimeout = .seconds(120)
            configuration.routes[index].webSocket.peerTimeout = .seconds(120)
        }
        change(&configuration)
        return configuration
    }

    /// Serves while `body` runs, stops, and looks whether anything is left.
    static func run(
        _ bot: any ConversationHandler,
        _ yaml: String = open,
        receivers: ReceiverCatalogue = ReceiverCatalogue(),
        callControls: CallControlCatalogue = CallControlCatalogue(),
        logger: Logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
        identities: CallIdentities = CallIdentities(),
        directory: CallDirectory = CallDirectory(),
        keeper: (any CallKeeper)? = nil,
        clock: @escaping @Sendable () -> Int = UnixTime.seconds,
        change: (inout BridgeConfiguration) -> Void = { _ in },
        _ body: (RunningServer) async throws -> Void
    ) async throws {
        let observed = ObservedCalls()
        var bots = BotCatalogue()
        for entry in BuiltInBots.all { bots.register(entry.description, entry.make) }
        bots.register(BotDescription(name: "test", summary: "of a test")) { _ in bot }
        let server = try BridgeServer(
            configuration: configuration(yaml, receivers: receivers, callControls: callControls, change),
            bots: bots,
            receivers: receivers,
            callControls: callControls,
            observers: [observed],
            keeper: keeper,
            logger: logger,
            identities: identities,
            directory: directory,
            clock: clock
        )
        let bound = Watched<BridgeServer.BoundAddresses?>(nil)
        let ended = Watched<Bool>(false)
        let running = Task {
            defer { ended.update { $0 = true } }
            try await server.run { addresses in bound.update { $0 = addresses } }
        }
        let addresses = try await bound.wait("listening") { $0 }
        let serving = RunningServer(
            server: server,
            observed: observed,
            port: addresses.port,
            adminPort: addresses.adminPort
        )
        do {
            try await body(serving)
        } catch {
            server.stop()
            throw error
        }
        server.stop()
        _ = try await ended.wait("end of run()") { $0 ? true : nil }
        try await running.value
        #expect(server.core.live.count == 0)
        #expect(server.connectionCount == 0)
    }

    /// A client of the route, upgraded.
    func call(following: [UInt8] = [], tls: TLSContext? = nil) async throws -> RawClient {
        try await RawClient.open(port, tls: tls, following: following)
    }

    /// Waits until nothing is under way any more.
    func untilIdle() async throws {
        try await until("idle") { $0.callCount == 0 && $0.connectionCount == 0 && $0.core.live.count == 0 }
    }

    /// Waits until so many connections are open.
    func untilConnections(_ count: Int) async throws {
        try await until("\(count) connections") { $0.connectionCount == count }
    }

    /// Waits until something is so; figures of the server tell nobody when they change.
    func until(_ what: String, _ isSo: @Sendable (BridgeServer) -> Bool) async throws {
        let deadline = ContinuousClock.now + .seconds(20)
        while !isSo(server) {
            guard ContinuousClock.now < deadline else {
                let state =
                    "\(server.callCount) calls, \(server.connectionCount) connections, \(server.core.live.count) live"
                throw Watched<Bool>.Overdue(description: "not \(what): \(state)")
            }
            try await Task.sleep(for: .milliseconds(2))
        }
    }
}

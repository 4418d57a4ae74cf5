// SPDX-License-Identifier: Apache-2.0

import BridgeConfiguration
import NIOCore
import NIOHTTP1
import NIOPosix
import TransportSecurity

#if canImport(Musl)
import Musl
#else
import Glibc
#endif

/// The bound sockets of a server: the public port and the admin port.
struct Listener: Sendable {
    let addresses: BridgeServer.BoundAddresses
    private let publicChannel: any Channel
    private let adminChannel: any Channel

    /// Bytes that may wait in a connection's socket before the pacer holds its frames back.
    private static let waterMark = ChannelOptions.Types.WriteBufferWaterMark(low: 16_384, high: 65_536)

    /// Binds both ports.
    static func bind(
        _ server: BridgeServer,
        group: MultiThreadedEventLoopGroup,
        admin adminGroup: MultiThreadedEventLoopGroup
    ) async throws -> Listener {
        let listen = server.configuration.listen
        let admin = server.configuration.admin
        let timers = try await timers(of: group, server.core)
        let publicChannel = try await bound("listen", listen.host.text, listen.port) {
            try await publicBootstrap(server, group, timers).bind(host: listen.host.text, port: listen.port).get()
        }
        do {
            let adminChannel = try await bound("admin", admin.host.text, admin.port) {
                try await adminBootstrap(server, adminGroup).bind(host: admin.host.text, port: admin.port).get()
            }
            let port = publicChannel.localAddress?.port ?? listen.port
            let scheme = server.core.served.tls == nil ? "ws" : "wss"
            let addresses = BridgeServer.BoundAddresses(
                url: "\(scheme)://\(listen.host.urlText):\(port)",
                port: port,
                adminPort: adminChannel.localAddress?.port ?? admin.port
            )
            return Listener(addresses: addresses, publicChannel: publicChannel, adminChannel: adminChannel)
        } catch {
            try? await publicChannel.close().get()
            throw error
        }
    }

    /// Closes both sockets.
    func close() async {
        try? await publicChannel.close().get()
        try? await adminChannel.close().get()
    }

    private static func bound(
        _ what: String,
        _ host: String,
        _ port: Int,
        _ bind: () async throws -> any Channel
    ) async throws -> any Channel {
        do {
            return try await bind()
        } catch {
            throw BridgeServerError(
                "\(what): cannot listen on \(host) port \(port): \(cause(error)); free the port or choose another"
            )
        }
    }

    /// The system's own words where it has some.
    private static func cause(_ error: any Error) -> String {
        guard let error = error as? IOError else { return "\(error)" }
        return unsafe String(cString: strerror(error.errnoCode))
    }

    private static func publicBootstrap(
        _ server: BridgeServer,
        _ group: MultiThreadedEventLoopGroup,
        _ timers: [ObjectIdentifier: NIOLoopBound<LoopTimer>]
    ) -> ServerBootstrap {
        let core = server.core
        let logger = server.logger
        let turns = LoopTurns(group, count: core.loops.count)
        return ServerBootstrap(group: group)
            .serverChannelOption(.backlog, value: 1_024)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .serverChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let trouble = AcceptTroubleHandler(logger: logger, refusals: core.refusals)
                    try channel.pipeline.syncOperations.addHandler(trouble)
                }
            }
            .childChannelOption(.socketOption(.tcp_nodelay), value: 1)
            .childChannelOption(.writeBufferWaterMark, value: waterMark)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let source = channel.remoteAddress?.ipAddress ?? "unknown"
                    guard core.admission.connect(source) else {
                        core.observer.refused("too_many_connections", route: nil, source: source, detail: nil)
                        throw ChannelError.eof
                    }
                    channel.closeFuture.whenComplete { _ in core.admission.disconnect(source) }
                    guard let timer = timers[ObjectIdentifier(channel.eventLoop)] else { throw ChannelError.eof }
                    let pipeline = channel.pipeline.syncOperations
                    if let tls = core.served.tls { try pipeline.addHandler(TLSHandler(server: tls.current)) }
                    let decoder = HTTPRequestDecoder(leftOverBytesStrategy: .forwardBytes)
                    try pipeline.addHandler(OpeningBytesLimit())
                    try pipeline.addHandler(HTTPResponseEncoder())
                    try pipeline.addHandler(ByteToMessageHandler(decoder))
                    let front = FrontHandler(server: core, timer: timer.value, turns: turns, source: source)
                    try pipeline.addHandler(front)
                }
            }
    }

    private static func adminBootstrap(
        _ server: BridgeServer,
        _ group: MultiThreadedEventLoopGroup
    ) -> ServerBootstrap {
        let core = server.core
        let logger = server.logger
        let load = RequestLoad()
        return ServerBootstrap(group: group)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .serverChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let trouble = AcceptTroubleHandler(
                        logger: logger,
                        refusals: core.refusals,
                        spare: .all,
                        port: "admin"
                    )
                    try channel.pipeline.syncOperations.addHandler(trouble)
                }
            }
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let pipeline = channel.pipeline.syncOperations
                    try pipeline.addHandler(IdleStateHandler(allTimeout: .seconds(60)))
                    try pipeline.configureHTTPServerPipeline()
                    try pipeline.addHandler(AdminHandler(core, load: load))
                }
            }
    }

    /// One timer per event loop, made on it, and what measures the loop.
    private static func timers(
        of group: MultiThreadedEventLoopGroup,
        _ core: ServerCore
    ) async throws -> [ObjectIdentifier: NIOLoopBound<LoopTimer>] {
        var timers: [ObjectIdentifier: NIOLoopBound<LoopTimer>] = [:]
        for (number, (loop, board)) in zip(group.makeIterator(), core.loops).enumerated() {
            timers[ObjectIdentifier(loop)] = try await loop.submit {
                let meter = LoopMeter(loop: loop, number: number, board: board)
                core.add(NIOLoopBound(meter, eventLoop: loop))
                meter.limit(to: core.served.loopLimits)
                let timer = LoopTimer(loop: loop, meter: meter)
                timer.start()
                return NIOLoopBound(timer, eventLoop: loop)
            }.get()
        }
        return timers
    }
}

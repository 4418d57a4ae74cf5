// SPDX-License-Identifier: Apache-2.0
import Glibc
import NIOCore
import NIOHTTP1
import NIOPosix
import TransportSecurity
import WebSocketWire

/// Listens on loopback and gives each connection an echo.
struct WebSocketEchoServer: Sendable {
    /// What a message may cost.
    var limits: MessageLimits
    /// How to compress, if at all.
    var compression: CompressionConfiguration?
    /// Certificate and key; `nil` for plain connections.
    var security: TLSContext?

    /// Serves until the process ends.
    func run(port: Int) async throws {
        let group = MultiThreadedEventLoopGroup(numberOfThreads: System.coreCount)
        let channel = try await ServerBootstrap(group: group)
            .serverChannelOption(.backlog, value: 256)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelOption(.socketOption(.tcp_nodelay), value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture { try addHandlers(to: channel) }
            }
            .bind(host: "127.0.0.1", port: port)
            .get()
        let scheme = security == nil ? "ws" : "wss"
        print("listening on \(scheme)://127.0.0.1:\(channel.localAddress?.port ?? port)")
        // Into a pipe standard output is written in blocks; whoever waits for the line needs it now.
        fflush(nil)
        try await channel.closeFuture.get()
        try await group.shutdownGracefully()
    }

    private func addHandlers(to channel: any Channel) throws {
        let pipeline = channel.pipeline.syncOperations
        if let security {
            try pipeline.addHandler(TLSHandler(server: security))
        }
        let encoder = HTTPResponseEncoder()
        let decoder = ByteToMessageHandler(HTTPRequestDecoder(leftOverBytesStrategy: .forwardBytes))
        try pipeline.addHandlers(encoder, decoder)
        try pipeline.addHandler(
            EchoUpgradeHandler(
                handshake: HandshakeConfiguration(compression: compression),
                limits: limits,
                encoder: encoder,
                decoder: decoder
            )
        )
    }
}

// SPDX-License-Identifier: Apache-2.0
import NIOCore
import NIOPosix
import TransportSecurity

import struct Glibc.linger

/// A client that types its bytes by hand, so that it can break every rule.
final class RawClient: Sendable {
    struct Received: Sendable {
        var bytes: [UInt8] = []
        var isClosed = false
        var error: String?
    }

    private let channel: any Channel
    private let received: Watched<Received>
    let port: Int

    private init(_ channel: any Channel, _ received: Watched<Received>, port: Int) {
        self.channel = channel
        self.received = received
        self.port = port
    }

    /// Connects to a port of this machine, with TLS when there is a context.
    static func connect(_ port: Int, tls: TLSContext? = nil, receiveBuffer: Int32? = nil) async throws -> RawClient {
        let received = Watched(Received())
        var bootstrap = ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .channelOption(.socketOption(.tcp_nodelay), value: 1)
            .channelOption(.allowRemoteHalfClosure, value: true)
        if let receiveBuffer {
            bootstrap = bootstrap.channelOption(.socketOption(.so_rcvbuf), value: .init(receiveBuffer))
        }
        let channel = try await bootstrap.channelInitializer { channel in
            channel.eventLoop.makeCompletedFuture {
                let pipeline = channel.pipeline.syncOperations
                if let tls { try pipeline.addHandler(TLSHandler(client: tls, serverName: "127.0.0.1")) }
                try pipeline.addHandler(Collector(received: received))
            }
        }.connect(host: "127.0.0.1", port: port).get()
        return RawClient(channel, received, port: port)
    }

    /// Writes bytes in one piece.
    func send(_ bytes: [UInt8]) async throws {
        try await channel.writeAndFlush(ByteBuffer(bytes: bytes)).get()
    }

    /// Writes bytes, whether they arrive or not.
    func sendAnyway(_ bytes: [UInt8]) {
        channel.writeAndFlush(ByteBuffer(bytes: bytes), promise: nil)
    }

    func send(_ text: String) async throws { try await send(Array(text.utf8)) }

    /// Ends our half.
    func endOutput() async throws { try await channel.close(mode: .output).get() }

    /// Ends with a reset instead of a goodbye.
    func reset() async throws {
        let options = channel as? any SocketOptionProvider
        try await options?.setSoLinger(linger(l_onoff: 1, l_linger: 0)).get()
        channel.close(promise: nil)
        try await channel.closeFuture.get()
    }

    /// Closes without a WebSocket goodbye.
    func drop() async throws {
        channel.close(promise: nil)
        try await channel.closeFuture.get()
    }

    /// Stops and resumes reading.
    func setReading(_ isOn: Bool) async throws { try await channel.setOption(.autoRead, value: isOn).get() }

    /// Waits until the server has closed.
    func untilClosed() async throws {
        _ = try await received.wait("end of the connection") { $0.isClosed ? true : nil }
    }

    /// Takes what `parse` finds at the front of what has come; nil when the server has closed before.
    func take<Result: Sendable>(
        _ what: String,
        within limit: Duration = .seconds(20),
        _ parse: @escaping @Sendable (inout ArraySlice<UInt8>) throws -> Result?
    ) async throws -> Result? {
        try await received.wait(what, within: limit) { state -> Result?? in
            var rest = state.bytes[...]
            if let found = try parse(&rest) {
                state.bytes = Array(rest)
                return .some(found)
            }
            return state.isClosed ? .some(nil) : nil
        }
    }

    private final class Collector: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer

        private let received: Watched<Received>

        init(received: Watched<Received>) { self.received = received }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            let bytes = Array(unwrapInboundIn(data).readableBytesView)
            received.update { $0.bytes += bytes }
        }

        func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
            if case ChannelEvent.inputClosed? = event as? ChannelEvent { received.update { $0.isClosed = true } }
            context.fireUserInboundEventTriggered(event)
        }

        func channelInactive(context: ChannelHandlerContext) { received.update { $0.isClosed = true } }

        func errorCaught(context: ChannelHandlerContext, error: any Error) {
            let text = "\(error)"
            received.update { $0.error = text }
        }
    }
}

// SPDX-License-Identifier: Apache-2.0

import NIOCore
import NIOPosix
import Synchronization

/// A proxy of this process that changes the head of each request as a test says, and passes all else on.
package enum RewritingProxy {
    /// The lines of a request's head, the request line first.
    package typealias Rewrite = @Sendable ([String]) -> [String]

    /// Runs one while `body` does; `body` gets its port, and a function that says which port of loopback it passes on to.
    package static func run(
        _ rewrite: @escaping Rewrite,
        _ body: (_ port: Int, _ pass: @Sendable (_ port: Int) -> Void) async throws -> Void
    ) async throws {
        let target = Target()
        let listener = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(Front(target, rewrite))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        do {
            try await body(listener.localAddress?.port ?? 0) { port in target.port.withLock { $0 = port } }
        } catch {
            try await listener.close()
            throw error
        }
        try await listener.close()
    }

    private final class Target: Sendable {
        let port = Mutex(0)
    }

    /// The side of whoever asks.
    private final class Front: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer

        private let target: Target
        private let rewrite: Rewrite
        private var bytes: [UInt8] = []
        private var isConnecting = false
        private var server: (any Channel)?

        init(_ target: Target, _ rewrite: @escaping Rewrite) {
            self.target = target
            self.rewrite = rewrite
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            let buffer = unwrapInboundIn(data)
            if let server { return server.writeAndFlush(buffer, promise: nil) }
            bytes += buffer.readableBytesView
            guard !isConnecting, let end = bytes.firstRange(of: Array("\r\n\r\n".utf8)) else { return }
            isConnecting = true
            let lines = String(decoding: bytes[..<end.lowerBound], as: UTF8.self).split(separator: "\r\n")
            let head = rewrite(lines.map(String.init)).joined(separator: "\r\n") + "\r\n\r\n"
            bytes = Array(head.utf8) + bytes[end.upperBound...]
            connect(context)
        }

        private func connect(_ context: ChannelHandlerContext) {
            let asker = context.channel
            let bound = NIOLoopBound(self, eventLoop: context.eventLoop)
            ClientBootstrap(group: context.eventLoop)
                .channelInitializer { channel in
                    channel.eventLoop.makeCompletedFuture {
                        try channel.pipeline.syncOperations.addHandler(Back(asker))
                    }
                }
                .connect(host: "127.0.0.1", port: target.port.withLock { $0 })
                .whenComplete { result in
                    guard case .success(let channel) = result, asker.isActive else { return asker.close(promise: nil) }
                    let front = bound.value
                    channel.writeAndFlush(ByteBuffer(bytes: front.bytes), promise: nil)
                    front.server = channel
                }
        }

        func channelInactive(context: ChannelHandlerContext) { server?.close(promise: nil) }
    }

    /// The side of the server.
    private final class Back: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer

        private let asker: any Channel

        init(_ asker: any Channel) { self.asker = asker }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            asker.writeAndFlush(unwrapInboundIn(data), promise: nil)
        }

        func channelInactive(context: ChannelHandlerContext) { asker.close(promise: nil) }
    }
}

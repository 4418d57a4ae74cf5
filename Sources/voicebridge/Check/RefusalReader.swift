// SPDX-License-Identifier: Apache-2.0
import NIOCore
import NIOHTTP1
import NIOPosix
import TransportSecurity
import WebSocketWire

/// Asks once more as plain HTTP/1.1, for the sentence in which the server says why it refuses.
enum RefusalReader {
    private static let timeout = TimeAmount.seconds(10)
    /// The longest sentence that is read, in bytes.
    private static let maximumBytes = 4_096

    /// Asks, and reads the answer.
    ///
    /// - Parameters:
    ///   - request: what is asked.
    ///   - security: how `wss` is verified.
    /// - Returns: the body of the answer without white space at its end; empty when there is none.
    /// - Throws: an error when there is no connection.
    static func text(_ request: CheckRequest, _ security: TLSClientConfiguration) async throws -> String {
        let url = try WebSocketURL(request.url)
        let context = url.isSecure ? try TLSContext(security) : nil
        let body = MultiThreadedEventLoopGroup.singleton.any().makePromise(of: String.self)
        do {
            let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .connectTimeout(timeout)
                .channelInitializer { channel in
                    channel.eventLoop.makeCompletedFuture {
                        let pipeline = channel.pipeline.syncOperations
                        if let context { try pipeline.addHandler(TLSHandler(client: context, serverName: url.host)) }
                        try pipeline.addHTTPClientHandlers(leftOverBytesStrategy: .dropBytes)
                        try pipeline.addHandler(Reader(head(of: request, url), body))
                    }
                }
                .connect(host: url.host, port: url.port)
                .get()
            let deadline = channel.eventLoop.scheduleTask(in: timeout) { channel.close(promise: nil) }
            channel.closeFuture.whenComplete { _ in deadline.cancel() }
        } catch {
            body.fail(error)
        }
        return try await body.futureResult.get()
    }

    /// The upgrade as it was asked for before: whatever a proxy does to upgrades it does to this one.
    private static func head(of request: CheckRequest, _ url: WebSocketURL) -> HTTPRequestHead {
        let handshake = [
            ("Host", url.hostHeader), ("Upgrade", "websocket"), ("Connection", "Upgrade"),
            ("Sec-WebSocket-Version", "13"), ("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=="),
        ]
        let fields = HTTPHeaders(handshake + request.fields.map { ($0.name, $0.value) })
        return HTTPRequestHead(version: .http1_1, method: .GET, uri: url.target, headers: fields)
    }

    private final class Reader: ChannelInboundHandler {
        typealias InboundIn = HTTPClientResponsePart
        typealias OutboundOut = HTTPClientRequestPart

        private let head: HTTPRequestHead
        private let promise: EventLoopPromise<String>
        private var bytes: [UInt8] = []

        init(_ head: HTTPRequestHead, _ promise: EventLoopPromise<String>) {
            self.head = head
            self.promise = promise
        }

        func channelActive(context: ChannelHandlerContext) {
            context.write(wrapOutboundOut(.head(head)), promise: nil)
            context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            switch unwrapInboundIn(data) {
            case .head: break
            case .body(let buffer): bytes += buffer.readableBytesView.prefix(RefusalReader.maximumBytes - bytes.count)
            case .end: context.close(promise: nil)
            }
        }

        func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }

        func channelInactive(context: ChannelHandlerContext) {
            while let last = bytes.last, last <= 0x20 { bytes.removeLast() }
            promise.succeed(String(decoding: bytes, as: UTF8.self))
        }
    }
}

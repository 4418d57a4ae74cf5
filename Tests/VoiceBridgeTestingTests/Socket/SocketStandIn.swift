// SPDX-License-Identifier: Apache-2.0
import NIOCore
import NIOPosix
import TestSupport
import TransportSecurity
import VoiceBridgeTesting
import WebSocketWire

/// The stand-in server behind a socket of its own, for one call after the other.
final class SocketStandIn: Sendable {
    let port: Int
    private let channel: any Channel

    /// Listens on a free port of the loopback.
    ///
    /// - Parameters:
    ///   - tls: a server's context, or nil for plain.
    ///   - answer: instead of the upgrade, this answer.
    ///   - server: makes the server's side of a call.
    /// - Throws: what keeps it from listening.
    init(tls: TLSContext? = nil, answer: String? = nil, server: @escaping @Sendable () -> StandIn) async throws {
        channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    if let tls { try channel.pipeline.syncOperations.addHandler(TLSHandler(server: tls)) }
                    try channel.pipeline.syncOperations.addHandler(Session(server(), answer))
                }
            }
            .bind(host: "127.0.0.1", port: 0)
            .get()
        port = channel.localAddress?.port ?? 0
    }

    func stop() async throws { try await channel.close() }
}

/// One call of the stand-in.
///
/// What it is scripted to say it says when the platform has sent that much media.
private final class Session: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private var server: StandIn
    private let answer: String?
    private var head = ByteBuffer()
    private var wire: WebSocketConnection?
    private var frames = 0

    init(_ server: StandIn, _ answer: String?) {
        self.server = server
        self.answer = answer
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var bytes = unwrapInboundIn(data)
        if wire == nil {
            head.writeBuffer(&bytes)
            guard let end = Self.end(of: head), let request = head.readString(length: end) else { return }
            if let answer {
                context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: answer)), promise: nil)
                return context.close(promise: nil)
            }
            accept(request, context)
            swap(&head, &bytes)
        }
        receive(bytes, context)
    }

    private func accept(_ request: String, _ context: ChannelHandlerContext) {
        context.writeAndFlush(wrapOutboundOut(AcceptedUpgrade.answer(to: request)), promise: nil)
        wire = WebSocketConnection(configuration: WebSocketConfiguration(role: .server, pingInterval: nil), now: .now())
    }

    private func receive(_ bytes: ByteBuffer, _ context: ChannelHandlerContext) {
        wire?.receive(bytes)
        while let event = try? wire?.next(at: .now()) {
            switch event {
            case .text:
                let text = String(buffer: wire?.takeMessage() ?? ByteBuffer())
                if text.contains(#""event":"media""#) { frames += 1 }
                server.receive(text: text, at: .milliseconds(20 * frames))
            case .close(let code): server.receiveClose(code: code.rawValue, at: .milliseconds(20 * frames))
            case .binary, .ping, .pong: break
            }
            server.advance(to: .milliseconds(20 * frames))
            answer(context)
        }
        answer(context)
    }

    private func answer(_ context: ChannelHandlerContext) {
        while let output = server.nextOutput() {
            var buffer = ByteBuffer()
            switch output {
            case .text(let text): _ = wire?.send(text: text.span, into: &buffer)
            case .binary(let bytes): _ = wire?.send(binary: bytes.span, into: &buffer)
            case .close(let code, let reason): wire?.close(CloseCode(rawValue: code), reason: reason, at: .now())
            case .disconnect: return context.close(promise: nil)
            }
            context.writeAndFlush(wrapOutboundOut(buffer), promise: nil)
        }
        if let bytes = wire?.takeOutbound(), bytes.readableBytes > 0 {
            context.writeAndFlush(wrapOutboundOut(bytes), promise: nil)
        }
        if wire?.isClosed == true { context.close(promise: nil) }
    }

    private static func end(of buffer: ByteBuffer) -> Int? {
        let view = buffer.readableBytesView
        return view.indices.first { view[$0...].starts(with: "\r\n\r\n".utf8) }.map { $0 - view.startIndex + 4 }
    }
}

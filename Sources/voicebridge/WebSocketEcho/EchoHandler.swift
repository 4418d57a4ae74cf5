// SPDX-License-Identifier: Apache-2.0
import NIOCore
import WebSocketWire

/// Sends each message back on the connection it came by.
final class EchoHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    /// How long the peer may take to close its half after this side has closed its own.
    private static let lingerTime = TimeAmount.seconds(2)

    private var connection: WebSocketConnection
    private var isClosing = false
    private var needsFlush = false

    init(_ configuration: WebSocketConfiguration) {
        connection = WebSocketConnection(configuration: configuration, now: .now())
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        connection.receive(unwrapInboundIn(data))
        var outbound = ByteBuffer()
        do throws(WebSocketError) {
            while let event = try connection.next(at: .now()) {
                echo(event, into: &outbound)
            }
        } catch {
            // The close frame that says why is among the outbound bytes.
        }
        if connection.hasOutbound {
            var control = connection.takeOutbound()
            outbound.writeBuffer(&control)
        }
        if outbound.readableBytes > 0 {
            context.write(wrapOutboundOut(outbound), promise: nil)
            needsFlush = true
        }
        if connection.isClosed {
            close(context)
        }
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        if needsFlush {
            needsFlush = false
            context.flush()
        }
    }

    /// A peer that does not read is not read from either: what is on the way stays bounded.
    func channelWritabilityChanged(context: ChannelHandlerContext) {
        let isWritable = context.channel.isWritable
        try? context.channel.syncOptions?.setOption(.autoRead, value: isWritable)
        if isWritable { context.read() }
    }

    func channelInactive(context: ChannelHandlerContext) {
        connection.transportClosed()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }

    /// Answers one event; pongs and the closing handshake are the connection's own affair.
    private func echo(_ event: WebSocketEvent, into outbound: inout ByteBuffer) {
        // Control frames that came first go first.
        if connection.hasOutbound {
            var control = connection.takeOutbound()
            outbound.writeBuffer(&control)
        }
        switch event {
        case .text:
            let message = connection.takeMessage()
            _ = connection.send(text: message.readableBytesUInt8Span, into: &outbound)
        case .binary:
            let message = connection.takeMessage()
            _ = connection.send(binary: message.readableBytesUInt8Span, into: &outbound)
        case .ping, .pong, .close:
            return
        }
    }

    /// Ends this side's half and leaves the peer a moment to end its own: closing with unread bytes in the socket
    /// would reset the connection, and the close frame could be lost.
    private func close(_ context: ChannelHandlerContext) {
        guard !isClosing else { return }
        isClosing = true
        needsFlush = false
        context.flush()
        context.close(mode: .output, promise: nil)
        let channel = context.channel
        context.eventLoop.scheduleTask(in: Self.lingerTime) {
            channel.close(promise: nil)
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
import NIOCore
import TransportSecurity

/// The innermost handler: notes all that comes in.
final class Recorder: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    var received = ByteBuffer()
    var readCount = 0
    var errors: [TLSError] = []
    var otherErrors = 0
    var negotiation: TLSNegotiation?
    var handshakes = 0
    var sawInputClosed = false
    var sawInactive = false
    var errorsAtInactive = 0
    var context: ChannelHandlerContext?

    func handlerAdded(context: ChannelHandlerContext) { self.context = context }
    func handlerRemoved(context: ChannelHandlerContext) { self.context = nil }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var bytes = unwrapInboundIn(data)
        readCount += 1
        received.writeBuffer(&bytes)
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case .handshakeCompleted(let negotiation)? = event as? TLSEvent {
            self.negotiation = negotiation
            handshakes += 1
        }
        if case .inputClosed? = event as? ChannelEvent { sawInputClosed = true }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        if let error = error as? TLSError { errors.append(error) } else { otherErrors += 1 }
    }

    func channelInactive(context: ChannelHandlerContext) {
        sawInactive = true
        errorsAtInactive = errors.count
    }

    /// What was received, as text.
    var text: String { String(buffer: received) }
}

// SPDX-License-Identifier: Apache-2.0
package import NIOCore

extension TLSHandler {
    package func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard let connection, !isInputClosed else { return }
        switch state {
        case .idle, .failing, .closed:
            return
        case .handshaking:
            connection.receive(unwrapInboundIn(data))
            shakeHands(context)
        case .open, .closing:
            connection.receive(unwrapInboundIn(data))
            deliver(context)
        }
    }

    package func channelReadComplete(context: ChannelHandlerContext) {
        if plaintext.capacity > TLSConnection.keptCapacity { plaintext = ByteBuffer() }
        context.fireChannelReadComplete()
        // What was read held no data for those inside who asked, or the wait is our own.
        if isReadWanted || state == .handshaking || state == .closing || state == .failing { context.read() }
    }

    package func read(context: ChannelHandlerContext) {
        isReadWanted = true
        context.read()
    }

    /// Decrypts what arrived and hands it in.
    func deliver(_ context: ChannelHandlerContext) {
        guard let connection, state == .open || state == .closing else { return }
        plaintext.clear()
        let outcome = connection.decrypt(into: &plaintext)
        if plaintext.readableBytes > 0, state == .open {
            isReadWanted = false
            context.fireChannelRead(wrapInboundOut(plaintext))
        }
        // Key updates and the like of the library's own.
        send(context)
        switch outcome {
        case .open: break
        case .closedByPeer: closedByPeer(context)
        case .failed(let error): fail(error, context)
        }
    }

    package func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        guard case ChannelEvent.inputClosed? = event as? ChannelEvent else {
            context.fireUserInboundEventTriggered(event)
            return
        }
        // Told already at close_notify.
        if isInputClosed { return }
        isInputClosed = true
        transportEnded(context)
        context.fireUserInboundEventTriggered(event)
        if state == .closing || state == .failing { finishClosing() }
    }

    package func channelInactive(context: ChannelHandlerContext) {
        if !isInputClosed { transportEnded(context) }
        finish(with: TLSError(.closed, "the connection was closed"))
        context.fireChannelInactive()
    }

    package func errorCaught(context: ChannelHandlerContext, error: any Error) {
        hasFailed = true
        context.fireErrorCaught(error)
    }

    /// The transport's end, before or without a close_notify.
    private func transportEnded(_ context: ChannelHandlerContext) {
        guard !hasFailed, let connection else { return }
        let error: TLSError
        switch state {
        case .handshaking:
            error = TLSError(.handshakeInterrupted, "\(connection.peerName) closed before the handshake was done")
        case .open:
            error = TLSError(.truncated, "\(connection.peerName) ended without close_notify: data may be missing")
        case .idle, .closing, .failing, .closed:
            return
        }
        hasFailed = true
        context.fireErrorCaught(error)
    }
}

// SPDX-License-Identifier: Apache-2.0
package import NIOCore

extension TLSHandler {
    package func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        if context.channel.isActive { begin(context) }
    }

    package func channelActive(context: ChannelHandlerContext) {
        begin(context)
        context.fireChannelActive()
    }

    private func begin(_ context: ChannelHandlerContext) {
        guard state == .idle else { return }
        state = .handshaking
        schedule(in: handshakeTimeout) { handler in handler.handshakeTimedOut() }
        shakeHands(context)
    }

    /// Takes the handshake as far as it goes, and on to the data that came with its end.
    func shakeHands(_ context: ChannelHandlerContext) {
        guard state == .handshaking, let connection else { return }
        switch connection.handshake() {
        case .incomplete:
            send(context)
            // Nobody inside asks for reads before there is data to have.
            if state == .handshaking { context.read() }
        case .failed(let error):
            fail(error, context)
        case .complete:
            handshakeCompleted(connection, context)
        }
    }

    private func handshakeCompleted(_ connection: TLSConnection, _ context: ChannelHandlerContext) {
        state = .open
        cancelDeadline()
        // What was written early goes first, flushed or not, together with our last flight.
        for (bytes, promise) in early.take() { encrypt(bytes, promise, context) }
        passOn(context)
        context.flush()
        guard state == .open else { return }
        context.fireUserInboundEventTriggered(TLSEvent.handshakeCompleted(connection.negotiation))
        deliver(context)
    }

    private func handshakeTimedOut() {
        guard state == .handshaking, let context, let connection else { return }
        let error = TLSError(
            .handshakeTimedOut,
            "\(connection.peerName) did not finish the handshake within \(connection.context.handshakeTimeout)"
        )
        fail(error, context)
    }

    /// Runs the body after the time, unless another deadline is set or this one is cancelled before.
    func schedule(in time: TimeAmount, _ body: @escaping (TLSHandler) -> Void) {
        guard let context else { return }
        cancelDeadline()
        deadline = context.eventLoop.assumeIsolated().scheduleTask(in: time) { [weak self] in
            if let self { body(self) }
        }
    }

    func cancelDeadline() {
        deadline?.cancel()
        deadline = nil
    }
}

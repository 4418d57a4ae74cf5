// SPDX-License-Identifier: Apache-2.0
import NIOCore

extension TLSHandler {
    /// Says why to both sides, ends our half, and leaves the peer time to read it: closing at once, with bytes of the
    /// peer unread, would reset the connection and take the alert back.
    func fail(_ error: TLSError, _ context: ChannelHandlerContext) {
        guard state != .failing, state != .closed else { return }
        let wasClosing = state == .closing
        state = .failing
        schedule(in: closeTimeout) { handler in handler.finishClosing() }
        send(context)
        if error.code == .plainHTTP { answerInPlain(context) }
        finishWrites(with: error)
        if !wasClosing, !hasFailed {
            hasFailed = true
            context.fireErrorCaught(error)
        }
        guard state == .failing else { return }
        let ended = context.eventLoop.makePromise(of: Void.self)
        ended.futureResult.assumeIsolated().whenFailure { [weak self] _ in self?.finishClosing() }
        context.close(mode: .output, promise: ended)
        if state == .failing { context.read() }
    }

    /// Fails what waits for the next flush or for the end of the handshake.
    func finishWrites(with error: TLSError) {
        writtenPromise?.fail(error)
        writtenPromise = nil
        for (_, promise) in early.take() { promise?.fail(error) }
    }

    /// A browser that was sent to `http://` sees what to do (the answer that web servers give there).
    private func answerInPlain(_ context: ChannelHandlerContext) {
        let body = "This port speaks TLS: use https:// or wss://.\n"
        let answer = ByteBuffer(
            string: """
                HTTP/1.1 400 Bad Request\r
                Content-Type: text/plain; charset=utf-8\r
                Content-Length: \(body.utf8.count)\r
                Connection: close\r
                \r
                \(body)
                """
        )
        context.writeAndFlush(wrapOutboundOut(answer), promise: nil)
    }
}

// SPDX-License-Identifier: Apache-2.0
package import NIOCore

extension TLSHandler {
    /// Ciphertext beyond this many bytes goes to the channel before the flush, so that its writability counts it.
    private static let gatheredBytes = 65_536

    package func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        switch state {
        case .open where !isOutputClosed:
            encrypt(unwrapOutboundIn(data), promise, context)
        case .idle, .handshaking:
            early.append(unwrapOutboundIn(data), promise)
        case .open, .closing, .failing, .closed:
            promise?.fail(TLSError(.closed, "written after the connection was closed"))
        }
    }

    package func flush(context: ChannelHandlerContext) {
        if state == .open { passOn(context) }
        context.flush()
    }

    /// Encrypts at once: the caller's buffer is its own again when this returns.
    func encrypt(_ bytes: ByteBuffer, _ promise: EventLoopPromise<Void>?, _ context: ChannelHandlerContext) {
        guard let connection, state == .open else {
            promise?.fail(TLSError(.closed, "written after the connection was closed"))
            return
        }
        switch connection.encrypt(bytes) {
        case .complete, .incomplete:
            whenWritten(promise)
            if connection.outbound.readableBytes >= Self.gatheredBytes { passOn(context) }
        case .failed(let error):
            promise?.fail(error)
            fail(error, context)
        }
    }

    /// Writes and flushes all ciphertext.
    func send(_ context: ChannelHandlerContext) {
        if passOn(context) { context.flush() }
    }

    /// Writes all ciphertext; whether there was some.
    @discardableResult
    func passOn(_ context: ChannelHandlerContext) -> Bool {
        guard let connection else { return false }
        let promise = writtenPromise
        writtenPromise = nil
        guard let ciphertext = connection.takeCiphertext() else {
            promise?.succeed()
            return false
        }
        context.write(wrapOutboundOut(ciphertext), promise: promise)
        return true
    }

    private func whenWritten(_ promise: EventLoopPromise<Void>?) {
        guard let promise else { return }
        if let writtenPromise {
            writtenPromise.futureResult.cascade(to: promise)
        } else {
            writtenPromise = promise
        }
    }
}

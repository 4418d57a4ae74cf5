// SPDX-License-Identifier: Apache-2.0
package import NIOCore

extension TLSHandler {
    package func close(context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?) {
        switch mode {
        case .all: closeAll(context, promise)
        case .output: closeOutput(context, promise)
        case .input: context.close(mode: mode, promise: promise)
        }
    }

    package func handlerRemoved(context: ChannelHandlerContext) {
        finish(with: TLSError(.closed, "the TLS handler was removed"))
        connection = nil
        self.context = nil
    }

    private func closeAll(_ context: ChannelHandlerContext, _ promise: EventLoopPromise<Void>?) {
        switch state {
        case .open:
            adopt(promise)
            let isAlone = isInputClosed
            state = .closing
            sayGoodbye(context)
            if isAlone {
                finishClosing()
            } else {
                schedule(in: closeTimeout) { handler in handler.finishClosing() }
                context.read()
            }
        case .closing, .failing:
            adopt(promise)
        case .idle, .handshaking, .closed:
            state = .closed
            finish(with: TLSError(.closed, "closed before the handshake was done"))
            context.close(promise: promise)
        }
    }

    private func closeOutput(_ context: ChannelHandlerContext, _ promise: EventLoopPromise<Void>?) {
        guard state == .open, !isOutputClosed else {
            promise?.fail(TLSError(.closed, "there is no open half to close"))
            return
        }
        sayGoodbye(context)
        context.close(mode: .output, promise: promise)
    }

    private func sayGoodbye(_ context: ChannelHandlerContext) {
        if !isOutputClosed {
            isOutputClosed = true
            connection?.sendCloseNotify()
        }
        send(context)
    }

    /// The peer's close_notify arrived.
    func closedByPeer(_ context: ChannelHandlerContext) {
        isInputClosed = true
        if state == .closing { return finishClosing() }
        guard state == .open else { return }
        let options = context.channel.syncOptions
        if !isOutputClosed, (try? options?.getOption(.allowRemoteHalfClosure)) == true {
            context.fireUserInboundEventTriggered(ChannelEvent.inputClosed)
        } else {
            closeAll(context, nil)
        }
    }

    /// Closes the transport.
    func finishClosing() {
        guard let context, state != .closed else { return }
        state = .closed
        cancelDeadline()
        let promise = closePromise
        closePromise = nil
        context.close(promise: promise)
    }

    /// Leaves nothing waiting.
    func finish(with error: TLSError) {
        state = .closed
        cancelDeadline()
        finishWrites(with: error)
        closePromise?.succeed()
        closePromise = nil
    }

    private func adopt(_ promise: EventLoopPromise<Void>?) {
        guard let promise else { return }
        if let closePromise {
            closePromise.futureResult.cascade(to: promise)
        } else {
            closePromise = promise
        }
    }
}

// SPDX-License-Identifier: Apache-2.0

package import NIOCore

/// The client's side of a WebSocket on a channel: opening handshake, messages, pings, end.
///
/// It sits behind TLS, if there is any, is used on the channel's event loop only, and tells its delegate what happens. Messages
/// that are sent gather until ``flush()``.
package final class WebSocketClientHandler: ChannelInboundHandler {
    package typealias InboundIn = ByteBuffer
    package typealias OutboundOut = ByteBuffer

    /// What is asked of the server.
    package struct Request: Sendable {
        /// Where to.
        package var url: WebSocketURL
        /// Further fields of the request, such as `Authorization`.
        package var headers: HandshakeHeaders
        /// How long the server may take to answer, TLS included.
        package var timeout: TimeAmount

        /// A request.
        package init(url: WebSocketURL, headers: HandshakeHeaders, timeout: TimeAmount = .seconds(10)) {
            self.url = url
            self.headers = headers
            self.timeout = timeout
        }
    }

    private let request: Request
    private let configuration: WebSocketConfiguration
    private let handshake: ClientHandshake
    private weak var delegate: (any WebSocketClientDelegate)?
    private var wire: WebSocketConnection?
    private var head = ByteBuffer()
    private var gathered = ByteBuffer()
    private var context: ChannelHandlerContext?
    private var timer: (deadline: NIODeadline, task: Scheduled<Void>)?
    private var openingDeadline: NIODeadline
    private var failure: WebSocketClientEnd?
    private var hasAsked = false
    private var isOver = false

    /// A client that sends its request once the channel is active.
    package init(
        _ request: Request,
        configuration: WebSocketConfiguration,
        delegate: any WebSocketClientDelegate,
        now: NIODeadline = .now()
    ) {
        self.request = request
        self.configuration = configuration
        self.delegate = delegate
        handshake = ClientHandshake(nonce: (0..<16).map { _ in .random(in: 0...255) })
        openingDeadline = now + request.timeout
    }

    package func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        setTimer()
        if context.channel.isActive { sendRequest(context) }
    }

    package func channelActive(context: ChannelHandlerContext) {
        sendRequest(context)
        context.fireChannelActive()
    }

    package func handlerRemoved(context: ChannelHandlerContext) {
        end(failure ?? .failed("the connection was torn down", nil))
        self.context = nil
    }

    package func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard !isOver else { return }
        var bytes = unwrapInboundIn(data)
        if wire == nil {
            head.writeBuffer(&bytes)
            guard readResponse(context) else { return }
            swap(&head, &bytes)
        }
        receive(bytes)
        settle(context)
    }

    package func channelInactive(context: ChannelHandlerContext) {
        wire?.transportClosed()
        end(failure ?? .failed("the server closed the connection", nil))
        context.fireChannelInactive()
    }

    package func errorCaught(context: ChannelHandlerContext, error: any Error) {
        failure = failure ?? .failed("\(error)", error)
        context.close(promise: nil)
    }

    package func channelWritabilityChanged(context: ChannelHandlerContext) {
        delegate?.webSocketWritabilityChanged(context.channel.isWritable)
        context.fireChannelWritabilityChanged()
    }

    /// Gathers a text message; false once the WebSocket closes.
    package func send(text: Span<UInt8>) -> Bool { wire?.send(text: text, into: &gathered) ?? false }

    /// Writes what has gathered.
    package func flush() {
        guard let context, !isOver else { return }
        settle(context)
    }

    /// Closes the WebSocket behind what has gathered; the delegate hears of it no more.
    package func close() {
        delegate = nil
        guard let context else { return }
        guard wire?.close(.normal, at: .now()) == true else { return context.close(promise: nil) }
        settle(context)
    }
}

// What lies behind the entries.
extension WebSocketClientHandler {
    /// Sends the request, once: a channel may tell of its becoming active after the handler found it so.
    private func sendRequest(_ context: ChannelHandlerContext) {
        guard !hasAsked else { return }
        hasAsked = true
        var buffer = ByteBuffer(string: "GET \(request.url.target) HTTP/1.1\r\n")
        for field in handshake.requestHeaders(host: request.url.hostHeader, additional: request.headers).fields {
            buffer.writeString("\(field.name): \(field.value)\r\n")
        }
        buffer.writeString("\r\n")
        context.writeAndFlush(wrapOutboundOut(buffer), promise: nil)
    }

    /// Reads the server's answer; true when the WebSocket is open.
    private func readResponse(_ context: ChannelHandlerContext) -> Bool {
        do throws(OpeningResponseError) {
            guard let response = try OpeningResponse(from: &head) else { return false }
            do throws(ClientHandshakeError) {
                let agreed = try handshake.check(status: response.status, headers: response.headers)
                open(agreed)
                return true
            } catch {
                guard case .status(let status) = error else {
                    fail(.failed(error.description, error), context)
                    return false
                }
                fail(.refused(status: status, retryAfter: response.headers["Retry-After"]), context)
            }
        } catch {
            fail(.failed(error.description, error), context)
        }
        return false
    }

    private func open(_ agreed: AcceptedHandshake) {
        var configuration = configuration
        configuration.compression = agreed.compression
        wire = WebSocketConnection(configuration: configuration, now: .now())
        delegate?.webSocketOpened()
    }

    private func receive(_ bytes: ByteBuffer) {
        wire?.receive(bytes)
        do throws(WebSocketError) {
            while !isOver, let event = try wire?.next(at: .now()) {
                switch event {
                case .text:
                    wire?.withMessage { delegate?.webSocketReceived(text: $0) }
                    delegate?.webSocketMessageEnded()
                case .close(let code):
                    failure = failure ?? .closed(code, reason: wire?.closeStatus?.reason ?? "")
                case .binary, .ping, .pong: break
                }
            }
        } catch {
            failure = failure ?? .failed(error.description, error)
        }
    }

    /// Writes what there is to write, closes what is closed, and sets the timer.
    private func settle(_ context: ChannelHandlerContext, isPing: Bool = false) {
        let messages = gathered
        let control = wire?.takeOutbound() ?? ByteBuffer()
        if messages.readableBytes > 0 || control.readableBytes > 0 {
            gathered = ByteBuffer()
            if messages.readableBytes > 0 { context.write(wrapOutboundOut(messages), promise: nil) }
            if control.readableBytes > 0 { write(control, isPing: isPing, context) }
            context.flush()
        }
        if wire?.isClosed == true { context.close(promise: nil) }
        setTimer()
    }

    private func write(_ control: ByteBuffer, isPing: Bool, _ context: ChannelHandlerContext) {
        guard isPing else { return context.write(wrapOutboundOut(control), promise: nil) }
        let promise = context.eventLoop.makePromise(of: Void.self)
        let bound = NIOLoopBound(self, eventLoop: context.eventLoop)
        promise.futureResult.whenSuccess { bound.value.wire?.pingDidLeave(at: .now()) }
        context.write(wrapOutboundOut(control), promise: promise)
    }

    private func fail(_ end: WebSocketClientEnd, _ context: ChannelHandlerContext) {
        self.end(end)
        context.close(promise: nil)
    }

    /// Tells the end, once.
    private func end(_ end: WebSocketClientEnd) {
        guard !isOver else { return }
        isOver = true
        timer?.task.cancel()
        timer = nil
        delegate?.webSocketClosed(end)
        delegate = nil
    }

    /// Sees to it that what is due is done in time; a deadline that moved back is looked at when the old one comes.
    private func setTimer() {
        guard !isOver, let context, let deadline = wire == nil ? openingDeadline : wire?.nextDeadline else { return }
        if let timer, timer.deadline <= deadline { return }
        timer?.task.cancel()
        let bound = NIOLoopBound(self, eventLoop: context.eventLoop)
        timer = (deadline, context.eventLoop.scheduleTask(deadline: deadline) { bound.value.timerFired() })
    }

    private func timerFired() {
        timer = nil
        guard let context, !isOver else { return }
        guard wire != nil else {
            guard NIODeadline.now() >= openingDeadline else { return setTimer() }
            return fail(.failed("the server did not answer the opening request in time", nil), context)
        }
        var isPing = false
        switch wire?.handle(timeAt: .now()) {
        case .pingQueued: isPing = true
        case .peerSilent: failure = failure ?? .failed("neither message nor pong in time", nil)
        case .closeTimedOut, nil: break
        }
        settle(context, isPing: isPing)
    }
}

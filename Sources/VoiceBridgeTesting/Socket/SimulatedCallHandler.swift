// SPDX-License-Identifier: Apache-2.0
import NIOCore
import WebSocketWire

/// Drives one simulated platform over one channel, in real time: opening handshake, messages, deadlines, end.
final class SimulatedCallHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    /// The user event by which the caller hangs up ahead of time.
    struct CallerHangsUp: Sendable {}

    var platform: SimulatedPlatform
    var wire: WebSocketConnection?
    /// Whether the server has answered with 101.
    var isOpen = false
    /// The time that the platform counts from.
    var origin = NIODeadline.now()
    /// Bytes of the opening response.
    var head = ByteBuffer()
    var isReading = true
    /// What went wrong below.
    var problem: String?
    /// Nil once the call's outcome is told.
    var promise: EventLoopPromise<SimulatedCall.Outcome>?
    let handshake: ClientHandshake
    let address: WebSocketURL
    let options: SimulatedConnection
    private let onProgress: (@Sendable (SimulatedCallProgress) -> Void)?
    private var entriesTold = 0
    private var timer: Scheduled<Void>?
    private var reporter: RepeatedTask?

    init(
        _ address: WebSocketURL,
        _ configuration: SimulatedCallConfiguration,
        _ options: SimulatedConnection,
        promise: EventLoopPromise<SimulatedCall.Outcome>,
        onProgress: (@Sendable (SimulatedCallProgress) -> Void)?
    ) {
        self.address = address
        self.options = options
        self.promise = promise
        self.onProgress = onProgress
        platform = SimulatedPlatform(configuration)
        handshake = ClientHandshake(
            nonce: (0..<16).map { _ in .random(in: 0...255) },
            subprotocols: configuration.dialect.subprotocols
        )
    }

    func handlerAdded(context: ChannelHandlerContext) {
        guard context.channel.isActive else { return fail("the connection was lost at once", context) }
        sendRequest(context)
        setTimer(context, at: .now() + TimeAmount(options.timeout)) { handler, context in
            let seconds = handler.options.timeout.roundedMilliseconds / 1_000
            handler.fail("the server did not answer the opening request within \(seconds) s", context)
        }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard isReading, promise != nil else { return }
        var bytes = unwrapInboundIn(data)
        if !isOpen {
            head.writeBuffer(&bytes)
            guard readResponse(context) else { return }
            swap(&head, &bytes)
        }
        receive(bytes)
        pump(context)
    }

    func channelInactive(context: ChannelHandlerContext) {
        if isOpen {
            wire?.transportClosed()
            platform.connectionEnded(problem, at: now)
            pump(context)
        } else {
            fail(problem ?? "the server closed the connection without answering the opening request", context)
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        problem = problem ?? "\(error)"
        context.close(promise: nil)
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        guard event is CallerHangsUp else { return context.fireUserInboundEventTriggered(event) }
        guard isOpen else { return fail("cancelled", context) }
        platform.callerHangsUp(at: now)
        pump(context)
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        fail(problem ?? "the connection was torn down", context)
    }

    /// The platform's time.
    var now: Duration { .nanoseconds((NIODeadline.now() - origin).nanoseconds) }

    /// Does what is due, tells it to the peer, and sets the next deadline.
    func pump(_ context: ChannelHandlerContext) {
        guard promise != nil else { return }
        if isOpen || platform.configuration.startsEagerly { platform.advance(to: now) }
        perform(context)
        context.flush()
        if platform.isOver { return finish(context) }
        guard isOpen, let deadline = platform.nextDeadline else { return }
        setTimer(context, at: origin + TimeAmount(deadline)) { handler, context in handler.pump(context) }
    }

    /// Begins the reports on the way.
    func startReporting(_ context: ChannelHandlerContext) {
        guard onProgress != nil else { return }
        let bound = NIOLoopBound(self, eventLoop: context.eventLoop)
        reporter = context.eventLoop.scheduleRepeatedTask(
            initialDelay: .milliseconds(100),
            delay: .milliseconds(100)
        ) { _ in bound.value.report() }
    }

    /// Tells the outcome, once, and closes the channel behind what was written.
    func finish(_ context: ChannelHandlerContext, _ outcome: SimulatedCall.Outcome? = nil) {
        guard let promise else { return }
        self.promise = nil
        timer?.cancel()
        reporter?.cancel()
        if isOpen { report() }
        promise.succeed(outcome ?? .success(platform.result(at: now)))
        context.close(promise: nil)
    }

    /// The call has not come about.
    func fail(_ reason: String, _ context: ChannelHandlerContext, status: Int? = nil) {
        finish(context, .failure(SimulatedCallError("\(address.hostHeader): \(reason)", status: status)))
    }

    private func report() {
        guard let onProgress else { return }
        let progress = platform.progress(newsFrom: entriesTold, at: now)
        entriesTold += progress.news.count
        onProgress(progress)
    }

    private func setTimer(
        _ context: ChannelHandlerContext,
        at deadline: NIODeadline,
        _ body: @escaping (SimulatedCallHandler, ChannelHandlerContext) -> Void
    ) {
        timer?.cancel()
        timer = context.eventLoop.assumeIsolated().scheduleTask(deadline: deadline) { body(self, context) }
    }
}

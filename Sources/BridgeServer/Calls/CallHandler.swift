// SPDX-License-Identifier: Apache-2.0

import CallModel
import NIOCore
import WebSocketWire

/// The one handler behind TLS: bytes of the socket to frames, messages and the call, and back, in one synchronous pass.
///
/// What one turn of the event loop sends is gathered in one buffer and written once.
final class CallHandler: ChannelInboundHandler, CallTransport, TimedByLoop {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private var connection: WebSocketConnection
    private let engine: CallEngine
    private let timer: LoopTimer
    private var context: ChannelHandlerContext?
    private var gathered = ByteBuffer()
    private var isPingQueued = false
    /// Whether we end the socket, and when it is closed whatever the peer does.
    private var closing: (isBegun: Bool, deadline: NIODeadline?) = (false, nil)
    /// The peer broke the protocol: it may still be sending.
    private var hasFailed = false
    /// Bytes of control frames written while the peer takes nothing.
    private var stalledControlBytes = 0
    var timerEntry: NIODeadline?

    /// How long our half of the socket is ended before the whole is closed, when the peer may still be sending: closing
    /// with bytes unread would be a reset, which takes our last words back.
    static let lingerTime = TimeAmount.seconds(2)
    /// Most bytes of pongs that wait for a peer that takes nothing.
    static let maximumStalledControlBytes = 65_536

    /// A call behind an accepted upgrade.
    ///
    /// - Parameters:
    ///   - engine: the call.
    ///   - configuration: how the WebSocket behaves.
    ///   - timer: the loop's timer.
    init(engine: CallEngine, configuration: WebSocketConfiguration, timer: LoopTimer) {
        self.engine = engine
        self.timer = timer
        connection = WebSocketConnection(configuration: configuration, now: .now())
        engine.connect(to: self)
        engine.onTurn = { [weak self] in self?.endTurn(at: .now()) }
    }

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        timer.update(self)
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        socketGone(nil)
        self.context = nil
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        connection.receive(unwrapInboundIn(data))
        let now = NIODeadline.now()
        let instant = CallInstant(now)
        engine.heard(at: instant)
        do {
            while let event = try connection.next(at: now) {
                switch event {
                case .text: connection.withMessage { engine.receive(text: $0, at: instant) }
                case .binary: connection.withMessage { engine.receive(binary: $0, at: instant) }
                case .ping, .pong: continue
                case .close(let code): engine.socketClosed("closed by the platform with \(code.rawValue)", at: instant)
                }
                engine.carryOut()
            }
        } catch {
            hasFailed = true
            let reason = EndReason(side: .error, code: "websocket_protocol", detail: error.description)
            engine.fail(reason, closing: error.closeCode.rawValue, at: instant)
        }
        endTurn(at: now)
    }

    func channelInactive(context: ChannelHandlerContext) {
        socketGone(nil)
        context.fireChannelInactive()
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        let now = NIODeadline.now()
        let isWritable = context.channel.isWritable
        if isWritable { stalledControlBytes = 0 }
        engine.writabilityChanged(isWritable, at: CallInstant(now))
        endTurn(at: now)
        context.fireChannelWritabilityChanged()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        socketGone("\(error)")
        context.close(promise: nil)
    }

    /// Ends the call because the server stops.
    func shutDown() {
        let now = NIODeadline.now()
        engine.shutDown(at: CallInstant(now))
        endTurn(at: now)
    }

    /// Gives the socket up at once; the call is completed as far as it came.
    func abort() {
        socketGone("the server stopped")
        context?.close(promise: nil)
    }

    private func socketGone(_ detail: String?) {
        connection.transportClosed()
        closing = (true, nil)
        let now = NIODeadline.now()
        engine.socketClosed(detail, at: CallInstant(now))
        engine.carryOut()
        timer.update(self)
    }
}

// MARK: - Time

extension CallHandler {
    var nextDeadline: NIODeadline? {
        guard !closing.isBegun else { return earlier(engineDeadline, closing.deadline) }
        return earlier(engineDeadline, connection.nextDeadline)
    }

    private var engineDeadline: NIODeadline? { engine.nextDeadline.map { NIODeadline($0) } }

    private func earlier(_ first: NIODeadline?, _ second: NIODeadline?) -> NIODeadline? {
        guard let first else { return second }
        return second.map { min(first, $0) } ?? first
    }

    func timerFired(at now: NIODeadline) {
        if let deadline = closing.deadline, now >= deadline {
            closing.deadline = nil
            context?.close(promise: nil)
        }
        switch connection.handle(timeAt: now) {
        case .pingQueued: isPingQueued = true
        case .peerSilent:
            farewell(.goingAway, "peer_silent")
            let reason = EndReason(side: .error, code: "peer_silent", detail: "neither message nor pong in time")
            engine.fail(reason, closing: CloseCode.goingAway.rawValue, at: CallInstant(now))
        case .closeTimedOut, nil: break
        }
        engine.advance(at: CallInstant(now))
        endTurn(at: now)
    }

    /// A last close frame where the connection has given the peer up without a word: it may still hear.
    private func farewell(_ code: CloseCode, _ reason: String) {
        WebSocketConnection.writeServerFrameHeader(.close, payloadLength: 2 + reason.utf8.count, into: &gathered)
        gathered.writeInteger(code.rawValue)
        gathered.writeString(reason)
    }
}

// MARK: - Out

extension CallHandler {
    func send(text: ByteBuffer) {
        guard connection.isOpen else { return }
        WebSocketConnection.writeServerFrameHeader(.text, payloadLength: text.readableBytes, into: &gathered)
        gathered.writeImmutableBuffer(text)
    }

    func send(binary: ByteBuffer) {
        guard connection.isOpen else { return }
        WebSocketConnection.writeServerFrameHeader(.binary, payloadLength: binary.readableBytes, into: &gathered)
        gathered.writeImmutableBuffer(binary)
    }

    func close(code: UInt16, reason: String) {
        connection.close(CloseCode(rawValue: code), reason: reason, at: .now())
    }

    /// Writes what this turn gathered, closes what is closed, and sets the timer.
    private func endTurn(at now: NIODeadline) {
        engine.carryOut()
        if let context, context.channel.isActive {
            writeGathered(context, at: now)
            if connection.isClosed { endSocket(context, at: now) }
        }
        timer.update(self)
    }

    private func writeGathered(_ context: ChannelHandlerContext, at now: NIODeadline) {
        let messages = gathered
        let control = connection.takeOutbound()
        guard messages.readableBytes > 0 || control.readableBytes > 0 else { return }
        // Writing may come back here, when it makes the channel unwritable or fails: nothing is left to be written twice.
        gathered = ByteBuffer()
        let isPing = isPingQueued
        isPingQueued = false
        if messages.readableBytes > 0 { context.write(wrapOutboundOut(messages), promise: nil) }
        if control.readableBytes > 0 { writeControl(control, isPing: isPing, context, at: now) }
        context.flush()
    }

    private func writeControl(_ bytes: ByteBuffer, isPing: Bool, _ context: ChannelHandlerContext, at now: NIODeadline)
    {
        if connection.isOpen, !context.channel.isWritable {
            stalledControlBytes += bytes.readableBytes
            if stalledControlBytes > Self.maximumStalledControlBytes { giveUpStalled(at: now) }
        }
        guard isPing else { return context.write(wrapOutboundOut(bytes), promise: nil) }
        let promise = context.eventLoop.makePromise(of: Void.self)
        let bound = NIOLoopBound(self, eventLoop: context.eventLoop)
        promise.futureResult.whenSuccess { bound.value.pingLeft() }
        context.write(wrapOutboundOut(bytes), promise: promise)
    }

    /// The peer asks for pongs and takes none.
    private func giveUpStalled(at now: NIODeadline) {
        let reason = EndReason(side: .error, code: "stalled", detail: "the socket took no answer to its pings")
        engine.fail(reason, closing: CloseCode.goingAway.rawValue, at: CallInstant(now))
        engine.carryOut()
    }

    private func endSocket(_ context: ChannelHandlerContext, at now: NIODeadline) {
        guard !closing.isBegun else { return }
        guard hasFailed else {
            closing = (true, nil)
            return context.close(promise: nil)
        }
        closing = (true, now + Self.lingerTime)
        context.close(mode: .output, promise: nil)
    }

    private func pingLeft() {
        guard !closing.isBegun else { return }
        connection.pingDidLeave(at: .now())
        timer.update(self)
    }
}

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
    private var isClosing = false
    var timerEntry: NIODeadline?

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
        engine.writabilityChanged(context.channel.isWritable, at: CallInstant(now))
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
        let now = NIODeadline.now()
        engine.socketClosed(detail, at: CallInstant(now))
        engine.carryOut()
        timer.update(self)
    }
}

// MARK: - Time

extension CallHandler {
    var nextDeadline: NIODeadline? {
        let call = engine.nextDeadline.map { NIODeadline($0) }
        guard let socket = connection.nextDeadline else { return call }
        return call.map { min($0, socket) } ?? socket
    }

    func timerFired(at now: NIODeadline) {
        switch connection.handle(timeAt: now) {
        case .pingQueued: isPingQueued = true
        case .peerSilent:
            let reason = EndReason(side: .error, code: "peer_silent", detail: "neither message nor pong in time")
            engine.fail(reason, closing: CloseCode.goingAway.rawValue, at: CallInstant(now))
        case .closeTimedOut, nil: break
        }
        engine.advance(at: CallInstant(now))
        endTurn(at: now)
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
            if gathered.readableBytes > 0 {
                context.write(wrapOutboundOut(gathered), promise: nil)
                gathered = ByteBuffer()
                writeControlFrames(context)
                context.flush()
            } else if connection.hasOutbound {
                writeControlFrames(context)
                context.flush()
            }
            if connection.isClosed, !isClosing {
                isClosing = true
                context.close(promise: nil)
            }
        }
        timer.update(self)
    }

    private func writeControlFrames(_ context: ChannelHandlerContext) {
        guard connection.hasOutbound else { return }
        guard isPingQueued else {
            context.write(wrapOutboundOut(connection.takeOutbound()), promise: nil)
            return
        }
        isPingQueued = false
        let promise = context.eventLoop.makePromise(of: Void.self)
        let bound = NIOLoopBound(self, eventLoop: context.eventLoop)
        promise.futureResult.whenSuccess { bound.value.pingLeft() }
        context.write(wrapOutboundOut(connection.takeOutbound()), promise: promise)
    }

    private func pingLeft() {
        connection.pingDidLeave(at: .now())
        timer.update(self)
    }
}

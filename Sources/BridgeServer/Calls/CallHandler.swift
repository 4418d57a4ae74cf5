// SPDX-License-Identifier: Apache-2.0

import CallModel
import NIOCore
import VoiceBridge
import WebSocketWire

/// The one handler behind TLS: bytes of the socket to frames, messages and the call, and back, in one synchronous pass.
///
/// What one turn of the event loop sends is gathered in one buffer and written once.
final class CallHandler: ChannelInboundHandler, CallTransport, TimedByLoop {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    var connection: WebSocketConnection
    let engine: CallEngine
    let timer: LoopTimer
    var context: ChannelHandlerContext?
    /// The socket is gone, or closed by us in both directions: nothing can be written any more.
    var isSocketGone = false
    var gathered = ByteBuffer()
    var isPingQueued = false
    /// Whether we end the socket, and when it is closed whatever the peer does.
    var closing: (isBegun: Bool, deadline: NIODeadline?) = (false, nil)
    /// The peer broke the protocol: it may still be sending.
    var hasFailed = false
    /// Bytes of control frames written while the peer takes nothing.
    var stalledControlBytes = 0
    var timerEntry: NIODeadline?
    /// The caller's audio that the loop's timer was told of, in nanoseconds.
    private var heardTime: Int64 = 0
    /// Whether the socket is not read because the tenant's share of the loop is used up.
    var isHeld = false

    /// How long our half of the socket is ended before the whole is closed, when the peer may still be sending: closing
    /// with bytes unread would be a reset, which takes our last words back.
    static let lingerTime = TimeAmount.seconds(2)
    /// Most bytes of pongs that wait for a peer that takes nothing.
    static let maximumStalledControlBytes = 65_536
    /// Most bytes that a call keeps for what its next turn sends.
    static let maximumKeptBytes = 16_384

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
        let start = workBegins
        connection.receive(unwrapInboundIn(data))
        let now = NIODeadline.now()
        let instant = CallInstant(now)
        engine.heard(at: instant)
        let isOpening = !engine.hasStarted
        var messages = 0
        do {
            while let event = try connection.next(at: now) {
                switch event {
                case .text: connection.withMessage { engine.receive(text: $0, at: instant) }
                case .binary: connection.withMessage { engine.receive(binary: $0, at: instant) }
                case .ping, .pong: continue
                case .close(let code): engine.platformClosed(code.rawValue, at: instant)
                }
                messages += 1
                engine.carryOut()
            }
        } catch {
            hasFailed = true
            let reason = EndReason(side: .error, code: "websocket_protocol", detail: error.description)
            engine.fail(reason, closing: error.closeCode.rawValue, at: instant)
        }
        endTurn(at: now)
        let heard = engine.heardTime
        timer.handled(messages, readAt: now, heard: heard - heardTime, isOpening: isOpening)
        heardTime = heard
        pay(since: start)
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
    func shutDown(goodbye: Prompt? = nil) {
        let now = NIODeadline.now()
        engine.shutDown(goodbye: goodbye, at: CallInstant(now))
        endTurn(at: now)
    }

    /// Has the call moved to another server once it is between two turns and the gate lets it go.
    func handOver(to destination: HandOverDestination, through gate: HandOverGate) {
        let now = NIODeadline.now()
        engine.handOver(to: destination, through: gate, at: CallInstant(now))
        endTurn(at: now)
    }

    /// Gives the socket up at once; the call is completed as far as it came.
    func abort() {
        socketGone("the server stopped")
        context?.close(promise: nil)
    }

    func socketGone(_ detail: String?) {
        isSocketGone = true
        connection.transportClosed()
        closing = (true, nil)
        let now = NIODeadline.now()
        engine.socketClosed(detail, at: CallInstant(now))
        engine.carryOut()
        timer.update(self)
    }
}

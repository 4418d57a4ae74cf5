// SPDX-License-Identifier: Apache-2.0

import CallModel
import NIOCore
import WebSocketWire

// Out.
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
    func endTurn(at now: NIODeadline) {
        engine.carryOut()
        if let context, !isSocketGone {
            let (control, isClosed) = Self.takeControl(of: &connection)
            writeGathered(control, context, at: now)
            if isClosed { endSocket(context, at: now) }
        }
        timer.update(self)
    }

    /// The connection's own frames, and whether it is over; by one access to the connection.
    private static func takeControl(of connection: inout WebSocketConnection) -> (frames: ByteBuffer, isClosed: Bool) {
        (connection.takeOutbound(), connection.isClosed)
    }

    func writeGathered(_ control: ByteBuffer, _ context: ChannelHandlerContext, at now: NIODeadline) {
        var messages = gathered
        guard messages.readableBytes > 0 || control.readableBytes > 0 else { return }
        // Writing may come back here, when it makes the channel unwritable or fails: nothing is left to be written twice.
        gathered = ByteBuffer()
        let isPing = isPingQueued
        isPingQueued = false
        if messages.readableBytes > 0 { context.write(wrapOutboundOut(messages), promise: nil) }
        if control.readableBytes > 0 { writeControl(control, isPing: isPing, context, at: now) }
        context.flush()
        // Where the socket took everything, the memory serves the next turn.
        if gathered.capacity == 0, messages.capacity <= Self.maximumKeptBytes {
            swap(&gathered, &messages)
            gathered.clear()
        }
    }

    func writeControl(_ bytes: ByteBuffer, isPing: Bool, _ context: ChannelHandlerContext, at now: NIODeadline) {
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
    func giveUpStalled(at now: NIODeadline) {
        let reason = EndReason(side: .error, code: "stalled", detail: "the socket took no answer to its pings")
        engine.fail(reason, closing: CloseCode.goingAway.rawValue, at: CallInstant(now))
        engine.carryOut()
    }

    func endSocket(_ context: ChannelHandlerContext, at now: NIODeadline) {
        guard !closing.isBegun else { return }
        guard hasFailed else {
            closing = (true, nil)
            isSocketGone = true
            return context.close(promise: nil)
        }
        closing = (true, now + Self.lingerTime)
        context.close(mode: .output, promise: nil)
    }

    func pingLeft() {
        guard !closing.isBegun else { return }
        connection.pingDidLeave(at: .now())
        timer.update(self)
    }
}

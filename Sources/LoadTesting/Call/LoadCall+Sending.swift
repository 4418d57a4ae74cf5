// SPDX-License-Identifier: Apache-2.0
import CallModel
import NIOCore
import VoiceBridgeTesting
import WebSocketWire

extension LoadCall {
    /// Sends the call's first messages; its audio begins within a frame.
    func begin() {
        let now = NIODeadline.now()
        phase = .live
        timer?.cancel()
        timer = nil
        let pings = loop.settings.plan.expectation == .anything
        let configuration = WebSocketConfiguration(role: .client, pingInterval: pings ? .seconds(1) : nil)
        wire = WebSocketConnection(configuration: configuration, now: now)
        for template in loop.settings.templates.opening {
            append(template)
            values.sequence = 1
        }
        write()
        // Calls come at any time: at an even rate many would have their frames due at once.
        origin = now + .nanoseconds(.random(in: 0..<loop.settings.frame.nanoseconds))
        if !loop.settings.plan.isIdle { due = origin }
        loop.opened(self, at: now)
    }

    /// Sends the frame that is due, and what else is.
    func sendFrame(at now: NIODeadline) {
        guard phase == .live else { return }
        guard wire?.isOpen == true else { return giveUp() }
        let settings = loop.settings
        if let length = settings.plan.callLength, now - began >= TimeAmount(length) { return drain() }
        loop.tally.lateness.record((now - due).nanoseconds)
        values.chunk = framesSent + 1
        values.milliseconds = (framesSent + 1) * settings.plan.call.frameMilliseconds
        append(settings.templates.media, content: settings.payload(framesSent, of: tone), isAudio: true)
        written[framesSent % Self.writtenCount] = now
        framesSent += 1
        loop.tally.framesSent += 1
        due = origin + settings.frame * framesSent
        while let name = marks.next(at: now) {
            if let mark = settings.templates.mark { append(mark, content: Array(name.utf8)) }
        }
        ping(at: now)
        write()
    }

    private func ping(at now: NIODeadline) {
        guard let deadline = wire?.nextDeadline, deadline <= now else { return }
        switch wire?.handle(timeAt: now) {
        case .pingQueued:
            pingLeft = now
            wire?.pingDidLeave(at: now)
        case .peerSilent: fail("neither audio nor pongs for 30 s")
        case .closeTimedOut, nil: break
        }
    }

    /// Stops the audio, and leaves once what is under way has come back.
    func drain() {
        guard phase == .live else { return }
        phase = .draining
        due = .distantFuture
        guard loop.settings.plan.expectation.isEcho, framesBack < framesSent else { return leave() }
        setTimer(in: TimeAmount(loop.settings.plan.grace)) { call in call.leave() }
    }

    /// Sends the platform's last message and closes the WebSocket.
    func leave() {
        guard phase == .live || phase == .draining else { return }
        settleFrames()
        phase = .leaving
        due = .distantFuture
        if let stop = loop.settings.templates.stop { append(stop) }
        wire?.close(.normal, at: .now())
        setTimer(in: .seconds(5)) { call in call.fail("the server did not close within 5 s of the last message") }
        write()
    }

    private func append(_ template: MessageTemplate, content: [UInt8] = [], isAudio: Bool = false) {
        // The loop's memory is taken for the while, so that it is not copied.
        var message: [UInt8] = []
        swap(&message, &loop.scratch)
        message.removeAll(keepingCapacity: true)
        template.write(values, content: content, into: &message)
        if template.isNumbered { values.sequence += 1 }
        if isAudio, loop.settings.templates.sendsBinaryAudio {
            _ = wire?.send(binary: message.span, into: &outgoing)
        } else {
            _ = wire?.send(text: message.span, into: &outgoing)
        }
        swap(&message, &loop.scratch)
    }

    /// Writes what has gathered.
    func write() {
        guard let context, phase != .over else { return }
        var messages = outgoing
        outgoing = ByteBuffer()
        if messages.readableBytes > 0 { context.write(wrapOutboundOut(messages), promise: nil) }
        if wire?.hasOutbound == true, let control = wire?.takeOutbound() {
            context.write(wrapOutboundOut(control), promise: nil)
        }
        context.flush()
        // Where the socket took everything, the memory serves the next frame.
        if outgoing.capacity == 0 {
            swap(&outgoing, &messages)
            outgoing.clear()
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
import NIOCore
import TestSupport
import Testing
import WebSocketWire

/// The calls of a ``FaultyEcho``, in the order in which they came.
final class EchoCalls {
    var sessions: [EchoSession] = []

    /// The call that gets the sound of a call whose sound goes astray.
    func partner(of session: EchoSession) -> EchoSession {
        guard let place = sessions.firstIndex(where: { $0 === session }), sessions.indices.contains(place ^ 1) else {
            return session
        }
        return sessions[place ^ 1]
    }
}

/// One call of a ``FaultyEcho``.
final class EchoSession: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let fault: FaultyEcho.Fault
    private let calls: EchoCalls
    private var head = ByteBuffer()
    private var wire: WebSocketConnection?
    private var context: ChannelHandlerContext?
    private var streamID = ""
    private var frames = 0
    private var held: String?

    init(_ fault: FaultyEcho.Fault, _ calls: EchoCalls) {
        self.fault = fault
        self.calls = calls
    }

    func handlerAdded(context: ChannelHandlerContext) { self.context = context }

    func handlerRemoved(context: ChannelHandlerContext) { self.context = nil }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var bytes = unwrapInboundIn(data)
        if wire == nil {
            head.writeBuffer(&bytes)
            let view = head.readableBytesView
            guard let end = view.indices.first(where: { view[$0...].starts(with: "\r\n\r\n".utf8) }) else { return }
            accept(head.readString(length: end + 4 - view.startIndex) ?? "", context)
            swap(&head, &bytes)
        }
        wire?.receive(bytes)
        while let event = try? wire?.next(at: .now()) {
            if case .text = event { receive(String(buffer: wire?.takeMessage() ?? ByteBuffer())) }
        }
        flush()
    }

    private func accept(_ request: String, _ context: ChannelHandlerContext) {
        guard fault != .refuses else {
            let refusal = ByteBuffer(string: "HTTP/1.1 503 No\r\nContent-Length: 0\r\n\r\n")
            context.writeAndFlush(wrapOutboundOut(refusal), promise: nil)
            return context.close(promise: nil)
        }
        context.writeAndFlush(wrapOutboundOut(AcceptedUpgrade.answer(to: request)), promise: nil)
        wire = WebSocketConnection(configuration: WebSocketConfiguration(role: .server, pingInterval: nil), now: .now())
    }

    private func receive(_ text: String) {
        if text.contains(#""event":"start""#) {
            streamID = Self.member("streamSid", of: text)
            calls.sessions.append(self)
        }
        guard text.contains(#""event":"media""#) else { return }
        frames += 1
        let payload = Self.member("payload", of: text)
        switch fault {
        case .none, .refuses: send(payload)
        case .drops: if !frames.isMultiple(of: 100) { send(payload) }
        case .swapsFrames:
            if frames == 60 {
                held = payload
            } else {
                send(payload)
                if let held { send(held) }
                held = nil
            }
        case .swapsCalls: calls.partner(of: self).send(payload)
        // 160 times 0xFF, µ-law silence.
        case .silent: send(String(repeating: "/", count: 212) + "/w==")
        case .late: context?.eventLoop.assumeIsolated().scheduleTask(in: .milliseconds(50)) { self.send(payload) }
        case .strangeMessages:
            send(payload)
            if frames == 50 { write(#"{"event":"applause"}"#) }
        case .closes:
            send(payload)
            if frames == 50 { wire?.close(.goingAway, at: .now()) }
        }
    }

    private func send(_ payload: String) {
        write(#"{"event":"media","streamSid":"\#(streamID)","media":{"payload":"\#(payload)"}}"#)
    }

    private func write(_ text: String) {
        var buffer = ByteBuffer()
        _ = wire?.send(text: text, into: &buffer)
        context?.writeAndFlush(wrapOutboundOut(buffer), promise: nil)
    }

    private func flush() {
        if let bytes = wire?.takeOutbound(), bytes.readableBytes > 0 {
            context?.writeAndFlush(wrapOutboundOut(bytes), promise: nil)
        }
        if wire?.isClosed == true { context?.close(promise: nil) }
    }

    /// A member's text; the messages of the tool under test have no escapes.
    private static func member(_ key: String, of text: String) -> String {
        String(text.split(separator: #""\#(key)":""#).last?.prefix { $0 != "\"" } ?? "")
    }
}

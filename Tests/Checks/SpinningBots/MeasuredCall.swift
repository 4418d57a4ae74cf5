// SPDX-License-Identifier: Apache-2.0
import NIOCore

/// One call of the platform's: sends silence in real time and a key now and then, and notes when each frame of audio comes.
///
/// It shares nothing with the server but the event loops' clock.
final class MeasuredCall: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let path: String
    private let caller: String
    private let measures: Measures
    private let pressesKeys: Bool
    private var received = ByteBuffer()
    private var isUpgraded = false
    private var arrivals: [Int64] = []
    private var sent = 0
    private var ticks: RepeatedTask?

    init(path: String, caller: String, measures: Measures, pressesKeys: Bool) {
        self.path = path
        self.caller = caller
        self.measures = measures
        self.pressesKeys = pressesKeys
    }

    func channelActive(context: ChannelHandlerContext) {
        context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: Self.request(path))), promise: nil)
    }

    /// The request for a call.
    static func request(_ path: String) -> String {
        "GET \(path) HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"
    }

    /// The message that begins a caller's call.
    static func start(_ caller: String) -> String {
        #"{"event":"start","start":{"call_sid":"c\#(caller)","stream_sid":"s\#(caller)","from":"\#(caller)","#
            + #""to":"1","media_format":{"encoding":"raw/slin","sample_rate":8000}}}"#
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let now = Measures.now
        received.writeImmutableBuffer(unwrapInboundIn(data))
        if !isUpgraded {
            guard let end = received.readableBytesView.firstRange(of: Array("\r\n\r\n".utf8)) else { return }
            received.moveReaderIndex(to: end.upperBound)
            isUpgraded = true
            begin(context)
        }
        while let length = takeFrame() {
            // Base64 of 20 ms is longer than any other message.
            if length > 300 { arrivals.append(now) }
        }
        received.discardReadBytes()
    }

    func channelInactive(context: ChannelHandlerContext) {
        ticks?.cancel()
        measures.ended(with: arrivals)
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }

    private func begin(_ context: ChannelHandlerContext) {
        send(Self.start(caller), context)
        let silence = String(repeating: "AAAA", count: 106) + "AAA="
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        ticks = context.eventLoop.scheduleRepeatedTask(initialDelay: .zero, delay: .milliseconds(20)) { _ in
            let (call, context) = bound.value
            call.send(#"{"event":"media","media":{"payload":"\#(silence)"}}"#, context)
            call.sent += 1
            // Twenty calls press their keys at twenty times.
            guard call.pressesKeys, (call.sent + call.caller.utf8.reduce(0) { $0 + Int($1) } * 7) % 25 == 0 else {
                return
            }
            call.measures.pressed(by: call.caller)
            call.send(#"{"event":"dtmf","dtmf":{"digit":"1"}}"#, context)
        }
    }

    private func send(_ text: String, _ context: ChannelHandlerContext) {
        var frame = ByteBuffer()
        Self.write(text, to: &frame)
        context.writeAndFlush(wrapOutboundOut(frame), promise: nil)
    }

    /// Adds a message as a platform frames it.
    static func write(_ text: String, to frame: inout ByteBuffer) {
        frame.writeInteger(UInt8(0x81))
        let payload = text.utf8
        if payload.count < 126 {
            frame.writeInteger(UInt8(0x80 | payload.count))
        } else {
            frame.writeInteger(UInt8(0x80 | 126))
            frame.writeInteger(UInt16(payload.count))
        }
        // A mask of zeros leaves the payload as it is.
        frame.writeInteger(UInt32(0))
        frame.writeBytes(payload)
    }

    /// Takes a whole frame from what was received; returns its payload's length.
    private func takeFrame() -> Int? {
        let start = received.readerIndex
        guard let length = received.getInteger(at: start + 1, as: UInt8.self) else { return nil }
        var (header, payload) = (2, Int(length))
        if length == 126 {
            guard let long = received.getInteger(at: start + 2, as: UInt16.self) else { return nil }
            (header, payload) = (4, Int(long))
        }
        guard received.readableBytes >= header + payload else { return nil }
        received.moveReaderIndex(forwardBy: header + payload)
        return payload
    }
}

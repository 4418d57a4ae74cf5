// SPDX-License-Identifier: Apache-2.0
import NIOCore
import VoiceBridgeTesting
import WebSocketWire

/// One call of a load: the handler behind TLS, if there is any.
///
/// It lives on its loop.
final class LoadCall: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    /// Where a call stands.
    enum Phase {
        /// TLS or the opening handshake is under way.
        case opening
        /// Audio goes out.
        case live
        /// The last frames are waited for.
        case draining
        /// The last message and the close frame are out.
        case leaving
        case over
    }

    let loop: LoadLoop
    /// The number of the place that the call takes; its tone's number.
    let place: Int
    let tone: PreparedTone?
    let handshake: ClientHandshake
    var phase = Phase.opening
    var wire: WebSocketConnection?
    var context: ChannelHandlerContext?
    var timer: Scheduled<Void>?
    let began = NIODeadline.now()

    // What goes out.
    var values: MessageTemplate.Values
    /// The time at which frame 0 is due.
    var origin = NIODeadline.now()
    var framesSent = 0
    /// When the last frames were written; a frame's place is its number without the higher bits.
    var written = [NIODeadline](repeating: .now(), count: writtenCount)
    static let writtenCount = 64
    var outgoing = ByteBuffer()
    var due = NIODeadline.distantFuture

    // What comes back.
    var head = ByteBuffer()
    var scanner = ReplyScanner()
    var check: ToneCheck?
    var window: [Float] = []
    /// Bytes of audio that came back, the frames that makes, and the number behind the last of them.
    var audioBytes = 0
    var audioFrames = 0
    var framesBack = 0
    var messagesRead = 0
    var reader: ReplyReader?
    var marks = PendingEchoes()
    var pingLeft: NIODeadline?
    var problem: String?

    init(loop: LoadLoop, place: Int) {
        self.loop = loop
        self.place = place
        let settings = loop.settings
        tone = settings.tone(ofCall: place)
        let number = UInt64.random(in: 0..<1 << 48)
        values = MessageTemplate.Values(
            streamID: "sim." + String(number),
            callID: "call_load_" + String(number, radix: 36)
        )
        handshake = ClientHandshake(
            nonce: (0..<16).map { _ in .random(in: 0...255) },
            subprotocols: settings.templates.subprotocols
        )
        if let tone, settings.plan.checksSound {
            let check = ToneCheck(
                frequency: tone.frequency,
                sampleRate: settings.plan.call.format.sampleRate,
                frameMilliseconds: settings.plan.call.frameMilliseconds
            )
            window.reserveCapacity(check.windowSamples)
            self.check = check
        }
    }

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        setTimer(in: loop.settings.timeout) { call in call.fail("no answer to the opening request in time") }
        var request = ByteBuffer(string: "GET \(loop.settings.address.target) HTTP/1.1\r\n")
        let headers = handshake.requestHeaders(
            host: loop.settings.address.hostHeader,
            additional: loop.settings.headers
        )
        for field in headers.fields { request.writeString("\(field.name): \(field.value)\r\n") }
        request.writeString("\r\n")
        context.writeAndFlush(wrapOutboundOut(request), promise: nil)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard phase != .over else { return }
        var bytes = unwrapInboundIn(data)
        if phase == .opening {
            head.writeBuffer(&bytes)
            guard readResponse() else { return }
            swap(&head, &bytes)
            head = ByteBuffer()
        }
        receive(bytes)
    }

    func channelInactive(context: ChannelHandlerContext) { connectionEnded() }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        // Behind both close frames it is all the same how the transport ends.
        if phase != .leaving || wire?.isClosed == false { problem = problem ?? "\(error)" }
        context.close(promise: nil)
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        connectionEnded()
        self.context = nil
    }

    /// Runs the body once after a time, unless another timer is set before.
    func setTimer(in time: TimeAmount, _ body: @escaping (LoadCall) -> Void) {
        timer?.cancel()
        timer = loop.eventLoop.assumeIsolated().scheduleTask(in: time) { body(self) }
    }
}

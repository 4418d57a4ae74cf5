// SPDX-License-Identifier: Apache-2.0
import NIOCore

/// A platform that sends the audio of a call as fast as the socket takes it, while a gate is open.
final class Flood: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let path: String
    private let caller: String
    private let rounds: Rounds
    private var isUpgraded = false
    private var second = ByteBuffer()

    init(path: String, caller: String, rounds: Rounds) {
        self.path = path
        self.caller = caller
        self.rounds = rounds
        let silence = String(repeating: "AAAA", count: 106) + "AAA="
        for _ in 0..<50 { MeasuredCall.write(#"{"event":"media","media":{"payload":"\#(silence)"}}"#, to: &second) }
    }

    func channelActive(context: ChannelHandlerContext) {
        context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: MeasuredCall.request(path))), promise: nil)
    }

    /// What the server sends is of no interest, but for its consent.
    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard !isUpgraded else { return }
        isUpgraded = true
        var start = ByteBuffer()
        MeasuredCall.write(MeasuredCall.start(caller), to: &start)
        context.writeAndFlush(wrapOutboundOut(start), promise: nil)
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        context.eventLoop.scheduleRepeatedTask(initialDelay: .zero, delay: .milliseconds(10)) { task in
            let (flood, context) = bound.value
            guard context.channel.isActive else { return task.cancel() }
            flood.pour(context)
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }

    private func pour(_ context: ChannelHandlerContext) {
        guard rounds.isOpen else { return }
        // Two seconds of audio every ten milliseconds, where the server takes them.
        for _ in 0..<2 where context.channel.isWritable {
            rounds.poured()
            context.writeAndFlush(wrapOutboundOut(second), promise: nil)
        }
    }
}

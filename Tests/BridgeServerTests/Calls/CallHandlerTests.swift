// SPDX-License-Identifier: Apache-2.0
import CallModel
import CallSession
import Dialects
import NIOCore
import NIOEmbedded
import Testing
import VoiceBridge
import WebSocketWire

@testable import BridgeServer

/// The call's handler by itself: what it writes, and when the channel comes back in the middle of that.
@Suite struct CallHandlerTests {
    /// Keeps what is written, and plays a channel that fills up.
    final class Outside: ChannelOutboundHandler {
        typealias OutboundIn = ByteBuffer

        var written: [UInt8] = []
        var writes = 0
        /// Called for every write, before it returns, as a channel does that becomes unwritable or fails.
        var onWrite: ((ChannelHandlerContext) -> Void)?
        var closes: [CloseMode] = []

        func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
            written += Array(unwrapOutboundIn(data).readableBytesView)
            writes += 1
            promise?.succeed()
            onWrite?(context)
        }

        func close(context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?) {
            closes.append(mode)
            if mode == .all { context.close(promise: promise) } else { promise?.succeed() }
        }

        /// Whole frames written so far.
        func frames() throws -> [RawFrame] {
            var rest = written[...]
            var frames: [RawFrame] = []
            while let frame = try RawFrame.take(&rest) { frames.append(frame) }
            #expect(rest.isEmpty)
            return frames
        }
    }

    let channel = EmbeddedChannel()
    let outside = Outside()
    let observed = ObservedCalls()
    let engine: CallEngine
    let handler: CallHandler
    let timer: LoopTimer

    init() throws {
        timer = LoopTimer(loop: channel.eventLoop)
        let dialect = try Dialect(name: .ivrSolutions).capabilities
        let configuration = CallSessionConfiguration(botFormat: .linear8kHz, capabilities: dialect)
        let route = CallRoute(
            path: "/r",
            dialect: .ivrSolutions,
            botName: "test",
            bot: TestBot.silent(),
            session: configuration
        )
        engine = try CallEngine(
            route: route,
            loop: EventLoopCallLoop(loop: channel.eventLoop, gate: LoopGate()),
            executor: LoopTaskExecutor(channel.eventLoop, gate: LoopGate()),
            observer: observed,
            connectionID: "connection-1"
        )
        handler = CallHandler(engine: engine, configuration: WebSocketConfiguration(role: .server), timer: timer)
        try channel.pipeline.syncOperations.addHandler(outside)
        try channel.pipeline.syncOperations.addHandler(handler)
        try channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 1)).wait()
    }

    private func receive(_ bytes: [UInt8]) throws { try channel.writeInbound(ByteBuffer(bytes: bytes)) }

    @Test func `A channel that becomes unwritable by a write is not written the same again`() throws {
        outside.onWrite = { context in
            channel.isWritable.toggle()
            context.fireChannelWritabilityChanged()
        }
        handler.send(text: ByteBuffer(bytes: [0x41]))
        try receive(RawFrame.make(0x89, [1]) + RawFrame.make(0x89, [2]))
        handler.send(binary: ByteBuffer(bytes: [0x42]))
        try receive(RawFrame.make(0x89, [3]))
        #expect(try outside.frames().map(\.payload) == [[0x41], [1], [2], [0x42], [3]])
        _ = try? channel.finish()
    }

    @Test func `A write that fails the channel settles the call once`() throws {
        outside.onWrite = { context in
            context.fireErrorCaught(ChannelError.ioOnClosedChannel)
            context.fireChannelInactive()
        }
        try receive(RawFrame.make(0x89, [1]))
        _ = try? channel.writeInbound(ByteBuffer(bytes: RawFrame.make(0x89, [2])))
        _ = try? channel.finish()
        #expect(observed.log.value.ended.map(\.reason.code) == ["no_start"])
        #expect(outside.writes == 1)
    }

    @Test func `Pongs for a peer that takes nothing are bounded, and end its call`() throws {
        channel.isWritable = false
        channel.pipeline.fireChannelWritabilityChanged()
        let ping = RawFrame.make(0x89, [UInt8](repeating: 7, count: 125))
        let many = (0..<16).flatMap { _ in ping }
        for _ in 0..<1_000 where outside.closes.isEmpty { try receive(many) }
        #expect(outside.written.count <= CallHandler.maximumStalledControlBytes + 2 * many.count)
        #expect(try outside.frames().last?.closeCode == 1001)
        channel.pipeline.fireChannelInactive()
        #expect(observed.log.value.ended.map(\.reason.code) == ["stalled"])
        _ = try? channel.finish()
    }

    @Test func `A peer that takes nothing for 10 s loses its call, however much it says`() throws {
        try receive(Wire.start())
        channel.isWritable = false
        channel.pipeline.fireChannelWritabilityChanged()
        try receive(Wire.media([0, 0]))
        #expect(outside.written.isEmpty)
        handler.timerFired(at: .now() + .seconds(9))
        #expect(outside.written.isEmpty)
        handler.timerFired(at: .now() + .seconds(11))
        #expect(try outside.frames().map(\.closeCode) == [1001])
        // It does not answer, having taken nothing: the closing handshake has its own bound.
        handler.timerFired(at: .now() + .seconds(17))
        #expect(outside.closes == [.all])
        _ = try? channel.finish()
    }

    @Test func `A broken protocol ends our half first, and the whole once the peer had time to read why`() throws {
        try receive(RawFrame.make(0x83, []))
        #expect(try outside.frames().map(\.closeCode) == [1002])
        #expect(outside.closes == [.output])
        // What still comes is not looked at.
        try receive(Wire.start() + RawFrame.make(0x89, []))
        #expect(try outside.frames().count == 1)
        handler.timerFired(at: .now() + CallHandler.lingerTime)
        #expect(outside.closes == [.output, .all])
        #expect(observed.log.value.ended.map(\.reason.code) == ["websocket_protocol"])
        _ = try? channel.finish()
    }
}

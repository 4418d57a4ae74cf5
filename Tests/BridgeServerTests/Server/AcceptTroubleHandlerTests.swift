// SPDX-License-Identifier: Apache-2.0
import Glibc
import Logging
import NIOCore
import NIOEmbedded
import Testing

@testable import BridgeServer

/// Connections that the system does not hand over, in virtual time.
@Suite struct AcceptTroubleHandlerTests {
    @Test func `It is said once, counted each time, and said when it is over`() throws {
        let lines = Watched<[String]>([])
        let refusals = RefusalCounts()
        let loop = EmbeddedEventLoop()
        let logger = Logger(label: "test") { _ in LoggingTests.Keeper(lines: lines) }
        let channel = EmbeddedChannel(handler: AcceptTroubleHandler(logger: logger, refusals: refusals), loop: loop)
        let accepted: any Channel = EmbeddedChannel()
        func fail() {
            channel.pipeline.fireErrorCaught(IOError(errnoCode: EMFILE, reason: "accept"))
            #expect(throws: IOError.self) { try channel.throwIfErrorCaught() }
        }
        try channel.writeInbound(accepted)
        #expect(lines.value.isEmpty)
        /// Whether the socket is read: what was set last.
        func isReading() -> Bool? {
            channel.options.last { $0.option is ChannelOptions.Types.AutoReadOption }?.value as? Bool
        }
        for _ in 0..<20 {
            fail()
            #expect(isReading() == false)
            loop.advanceTime(by: AcceptTroubleHandler.pause)
            #expect(isReading() == true)
            // One that found a descriptor in between is no end of it.
            try channel.writeInbound(accepted)
        }
        #expect(lines.value.count == 1)
        #expect(refusals.byReason == ["accept_failed": 20])
        loop.advanceTime(by: AcceptTroubleHandler.calm)
        try channel.writeInbound(accepted)
        try channel.writeInbound(accepted)
        #expect(lines.value.count == 2)
        #expect(lines.value.last?.contains("failures=20") == true)
        fail()
        #expect(lines.value.count == 3)
    }

    @Test func `One too many is closed at once, counted and said once`() throws {
        let lines = Watched<[String]>([])
        let refusals = RefusalCounts()
        let loop = EmbeddedEventLoop()
        let logger = Logger(label: "test") { _ in LoggingTests.Keeper(lines: lines) }
        let areLeft = Watched(false)
        let handler = AcceptTroubleHandler(
            logger: logger,
            refusals: refusals,
            spare: SpareDescriptors { areLeft.value }
        )
        let channel = EmbeddedChannel(handler: handler, loop: loop)
        for _ in 0..<20 {
            let refused = EmbeddedChannel(loop: loop)
            try refused.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 1)).wait()
            try channel.writeInbound(refused as any Channel)
            loop.run()
            #expect(!refused.isActive)
            #expect(try channel.readInbound(as: (any Channel).self) == nil)
        }
        // There are connections to close, and nothing to wait for.
        #expect(!channel.options.contains { $0.option is ChannelOptions.Types.AutoReadOption })
        #expect(refusals.byReason == ["accept_failed": 20] && lines.value.count == 1)
        areLeft.update { $0 = true }
        loop.advanceTime(by: AcceptTroubleHandler.calm)
        let taken: any Channel = EmbeddedChannel()
        try channel.writeInbound(taken)
        #expect(try channel.readInbound(as: (any Channel).self) === taken)
        #expect(lines.value.count == 2)
    }

    @Test(arguments: [(96, 32), (1_024, 64), (10_000, 625), (65_536, 1_024)])
    func `Some are kept of any limit`(limit: Int, kept: Int) {
        #expect(SpareDescriptors.reserve(of: limit) == kept)
        #expect(SpareDescriptors.ofProcess.areLeft())
    }
}

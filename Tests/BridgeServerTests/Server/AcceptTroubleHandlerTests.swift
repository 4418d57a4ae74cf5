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
}

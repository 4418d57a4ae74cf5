// SPDX-License-Identifier: Apache-2.0
import NIOCore
import NIOEmbedded
import Testing
import TransportSecurity

/// A connection holds its handler's context as long as it lives: when a context goes, all its connections are gone.
@Suite struct LeakTests {
    @Test func `Five hundred connections, ended in each way, leave nothing`() throws {
        let trace = Trace()
        try connect(500, trace)
        #expect(trace.handlers.count == 1_000)
        #expect(trace.handlers.allSatisfy { $0.handler == nil })
        #expect(trace.server == nil)
        #expect(trace.client == nil)
        #expect(trace.stranger == nil)
    }

    private func connect(_ count: Int, _ trace: Trace) throws {
        let materials = try Materials()
        let (server, client, stranger) = (try materials.server(), try materials.client(), try Materials().client())
        (trace.server, trace.client, trace.stranger) = (server, client, stranger)
        let session = TLSClientSession()
        for number in 0..<count {
            let isStranger = number % 5 == 4
            let pair = try TLSPair(server: server, client: isStranger ? stranger : client, session: session)
            for channel in [pair.client, pair.server] {
                trace.handlers.append(.init(try channel.pipeline.syncOperations.handler(type: TLSHandler.self)))
            }
            if number % 5 != 3 { try pair.pump() }
            switch number % 5 {
            case 0:
                try pair.send("hello", from: pair.client)
                pair.client.close(promise: nil)
                try pair.pump()
            case 1: pair.client.write(ByteBuffer(string: "never flushed"), promise: nil)
            case 2: pair.server.close(promise: nil)
            default: break
            }
            for channel in [pair.client, pair.server] {
                channel.close(promise: nil)
                channel.embeddedEventLoop.advanceTime(by: .seconds(2))
                channel.embeddedEventLoop.run()
                #expect(!channel.isActive)
            }
        }
    }
}

/// Looks at what exists without holding it.
private final class Trace {
    struct Seen {
        weak var handler: TLSHandler?

        init(_ handler: TLSHandler) { self.handler = handler }
    }

    var handlers: [Seen] = []
    weak var server: TLSContext?
    weak var client: TLSContext?
    weak var stranger: TLSContext?
}

// SPDX-License-Identifier: Apache-2.0
import BridgeConfiguration
import BridgeServer
import CallModel
import NIOCore
import NIOPosix
import Testing
import VoiceBridge

/// Many calls on several event loops: as many on each, and each with one alone.
@Suite struct LoopSpreadTests {
    /// Says back what it hears, and keeps by call on which loops.
    struct Located: ConversationHandler {
        let loops = Watched<[CallID: [ObjectIdentifier?: Int]]>([:])
        let audioFormat = AudioFormat.linear8kHz

        func converse(on call: Call) async throws {
            call.attach(Stage(call: call.id, loops: loops))
            try await call.waitUntilEnded()
        }

        struct Stage: MediaStage {
            let call: CallID
            let loops: Watched<[CallID: [ObjectIdentifier?: Int]]>

            mutating func process(_ heard: Span<Int16>, at position: Int64, into playback: inout PlaybackWriter) {
                let loop = MultiThreadedEventLoopGroup.currentEventLoop.map { ObjectIdentifier($0) }
                let call = call
                loops.update { $0[call, default: [:]][loop, default: 0] += 1 }
                playback.write(heard)
            }
        }
    }

    @Test(arguments: [1, 2, 5])
    func `Each loop has as many calls, and all messages of a call are dealt with on one`(loops: Int) async throws {
        let bot = Located()
        let (each, frames) = (8, 10)
        try await RunningServer.run(bot, change: { $0.limits.eventLoops = loops }) { serving in
            let clients = try await (0..<loops * each).asyncMap { number in
                try await serving.call(following: Wire.start(call: "call-\(number)"))
            }
            for client in clients {
                for _ in 0..<frames {
                    try await client.send(Wire.media([UInt8](repeating: 1, count: 320)))
                }
                var echoed = 0
                while echoed < 320 * frames, let frame = try await client.frame() {
                    echoed += Wire.audio(frame)?.count ?? 0
                }
            }
            try await serving.until("every message measured") { server in
                // The start is a message too.
                server.loops.allSatisfy { $0.frameAge.count == UInt64(each * (frames + 1)) }
            }
            #expect(serving.server.loops.map(\.calls) == Array(repeating: each, count: loops))
            #expect(serving.server.loops.map(\.callsTaken) == Array(repeating: each, count: loops))
            let located = bot.loops.value
            #expect(located.count == loops * each)
            #expect(located.values.allSatisfy { Array($0.values) == [frames] && !$0.keys.contains(nil) })
            #expect(Set(located.values.flatMap(\.keys)).count == loops)
            for client in clients {
                try await client.send(Wire.stop)
                #expect(try await client.closeCode() == 1000)
            }
            try await serving.until("calls taken from the figures") { $0.loops.allSatisfy { $0.calls == 0 } }
        }
    }

    @Test func `Who asks without credentials before each call does not bring all calls to one loop of two`()
        async throws
    {
        let yaml = RunningServer.open.replacing("none: true", with: "bearer: \(RunningServer.token)")
        try await RunningServer.run(TestBot.silent(), yaml, change: { $0.limits.eventLoops = 2 }) { serving in
            var clients: [RawClient] = []
            for number in 0..<10 {
                #expect(try await RawClient.ask(serving.port, RawClient.request())?.status == 401)
                let client = try await RawClient.open(
                    serving.port,
                    fields: ["Authorization: Bearer \(RunningServer.token)"],
                    following: Wire.start(call: "call-\(number)")
                )
                clients.append(client)
            }
            try await serving.until("ten calls") { $0.loops.reduce(0) { $0 + $1.callsTaken } == 10 }
            #expect(serving.server.loops.map(\.callsTaken) == [5, 5])
            for client in clients { try await client.send(Wire.stop) }
            for client in clients { #expect(try await client.closeCode() == 1000) }
        }
    }
}

extension Sequence where Element: Sendable {
    /// The results of a body for each element, one after the other.
    fileprivate func asyncMap<Result>(_ body: (Element) async throws -> Result) async rethrows -> [Result] {
        var results: [Result] = []
        for element in self { results.append(try await body(element)) }
        return results
    }
}

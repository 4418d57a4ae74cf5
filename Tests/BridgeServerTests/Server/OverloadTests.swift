// SPDX-License-Identifier: Apache-2.0
import BridgeConfiguration
import CallModel
import Glibc
import Logging
import NIOCore
import Synchronization
import Testing
import VoiceBridge

@testable import BridgeServer

/// A server whose event loop is late refuses calls, and one whose bots stand still does not.
@Suite struct OverloadTests {
    /// Says back what it hears; in calls whose id begins with `slow` it keeps the event loop for a quarter of a second with each
    /// message, while it is told to.
    final class Heavy: ConversationHandler {
        let isHeavy = Atomic(true)
        let audioFormat = AudioFormat.linear8kHz

        func converse(on call: Call) async throws {
            call.attach(Stage(bot: self, isSlow: call.id.rawValue.hasPrefix("slow")))
            try await call.waitUntilEnded()
        }

        struct Stage: MediaStage {
            let bot: Heavy
            let isSlow: Bool

            mutating func process(_ heard: Span<Int16>, at position: Int64, into playback: inout PlaybackWriter) {
                let end = ContinuousClock.now + .milliseconds(250)
                while isSlow, bot.isHeavy.load(ordering: .relaxed), ContinuousClock.now < end {}
                playback.write(heard)
            }
        }
    }

    private static let frame = Wire.media([UInt8](repeating: 1, count: 320))

    /// Sends a message and waits for what comes back.
    private static func echo(_ client: RawClient) async throws {
        try await client.send(frame)
        var echoed = 0
        while echoed < 320 { echoed += Wire.audio(try #require(try await client.frame()))?.count ?? 0 }
    }

    @Test func `New calls are refused while the loop is late, and those that are up go on`() async throws {
        let bot = Heavy()
        let lines = Watched<[String]>([])
        try await RunningServer.run(
            bot,
            logger: Logger(label: "test") { _ in LoggingTests.Keeper(lines: lines) },
            change: {
                $0.limits.eventLoops = 1
                $0.limits.lag = .milliseconds(20)
                // Its calls take all of it: the lag is to refuse.
                $0.limits.busy = nil
                $0.limits.retryAfter = .seconds(7)
            }
        ) { serving in
            let quick = try await serving.call(following: Wire.start(call: "quick"))
            let slow = try await serving.call(following: Wire.start(call: "slow"))
            let burden = Task {
                while bot.isHeavy.load(ordering: .relaxed) { try await Self.echo(slow) }
            }
            try await serving.until("late") { $0.loops[0].isLate }
            #expect(try await DrainTests.probe(serving, "/readyz") == "503 late, 2 calls")
            let answer = try #require(try await RawClient.ask(serving.port, RawClient.request()))
            #expect(answer.status == 503)
            #expect(answer["Retry-After"] == "7")
            #expect(serving.server.refusals == ["late": 1])
            for _ in 0..<3 { try await Self.echo(quick) }
            #expect(serving.server.loops[0].isLate)
            #expect(serving.server.loops[0].frameAge.maximum >= 250_000_000)

            bot.isHeavy.store(false, ordering: .relaxed)
            try await burden.value
            try await serving.until("in time") { !$0.loops[0].isLate }
            let next = try await serving.call(following: Wire.start(call: "next"))
            for client in [quick, slow, next] {
                try await Self.echo(client)
                try await client.send(Wire.stop)
                #expect(try await client.closeCode() == 1000)
            }
            #expect(serving.server.refusals == ["late": 1])
        }
        let line = try #require(lines.value.first { $0.contains("reason=late") })
        #expect(line.contains("detail=event loop 0 is late by "))
        #expect(line.contains(" µs on average, at most 20000 µs"))
    }

    /// Keeps a thread, without computing, until it is let go.
    private static func standStill(until isOver: borrowing Atomic<Bool>) {
        while !isOver.load(ordering: .acquiring) { usleep(1_000) }
    }

    final class Switch: Sendable {
        let isOn = Atomic(false)
    }

    @Test func `Bots that stand still on all of their threads keep nobody out`() async throws {
        let over = Switch()
        let bot = TestBot { call in
            Self.standStill(until: over.isOn)
            try await call.waitUntilEnded()
        }
        // No busy machine is late by two seconds on average; the bots are, for as long as the test lasts.
        try await RunningServer.run(bot, change: { $0.limits.lag = .seconds(2) }) { serving in
            let threads = max(4, System.coreCount * 2)
            var clients: [RawClient] = []
            for number in 0..<threads {
                clients.append(try await serving.call(following: Wire.start(call: "call-\(number)") + Self.frame))
            }
            _ = try await bot.runs.wait("every thread kept") { $0.begun == threads ? true : nil }
            clients.append(try await serving.call(following: Wire.start(call: "one more") + Self.frame))
            #expect(serving.server.callCount == threads + 1)
            #expect(serving.server.refusals.isEmpty)
            over.isOn.store(true, ordering: .releasing)
            for client in clients {
                try await client.send(Wire.stop)
                #expect(try await client.closeCode() == 1000)
            }
        }
    }

    @Test func `The admin port shows what the server carries`() async throws {
        try await RunningServer.run(TestBot.silent(), change: { $0.limits.eventLoops = 2 }) { serving in
            let client = try await serving.call(following: Wire.start() + Self.frame)
            _ = try await RawClient.ask(serving.port, RawClient.request("GET /nowhere HTTP/1.1"))
            try await serving.until("the call in the figures") { server in
                server.loops.contains { $0.frameAge.count == 2 } && server.connectionCount == 1
            }
            let text = try #require(try await DrainTests.probe(serving, "/load"))
            #expect(text.hasPrefix(#"200 {"calls":1,"connections":1,"refused":{"unknown_path":1},"tenants":[],"#))
            #expect(text.contains(#","loops":[{"loop":0,"#))
            #expect(text.contains(#"{"loop":1,"#) && text.hasSuffix("}]}"))
            #expect(text.contains(#""calls":1,"calls_taken":1,"late":false,"busy":0."#))
            #expect(text.contains(#""frame_age_us":{"count":2,"p50":"#))
            try await client.send(Wire.stop)
            #expect(try await client.closeCode() == 1000)
        }
    }
}

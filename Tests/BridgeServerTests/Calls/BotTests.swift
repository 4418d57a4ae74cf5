// SPDX-License-Identifier: Apache-2.0
import BridgeConfiguration
import CallModel
import CallSession
import NIOCore
import Synchronization
import Testing
import VoiceBridge

@testable import BridgeServer

/// What bots do, and what becomes of their calls.
@Suite struct BotTests {
    /// Ends the platform's side as a platform does after a hang-up or transfer.
    static func leave(_ client: RawClient) async throws -> Int? {
        try await client.send(Wire.stop)
        return try await client.closeCode()
    }

    static let tone = Prompt(.tone(frequency: 400, duration: .milliseconds(100), level: -20))

    @Test func `A bot that returns is heard to its end before the hang-up`() async throws {
        try await RunningServer.run(TestBot(.linear16kHz) { try await $0.play(Self.tone) }) { serving in
            let client = try await serving.call(following: Wire.start())
            let frames = try await client.frames { $0.text == Wire.hangUp }
            #expect(frames.compactMap(Wire.audio).map(\.count) == [320, 320, 320, 320, 320])
            #expect(frames.last?.text == Wire.hangUp && frames.count == 6)
            #expect(try await Self.leave(client) == 1000)
            let ended = try await serving.observed.ended()[0]
            #expect(ended.reason.side == .bot && ended.reason.code == "returned")
            #expect(ended.summary.samplesSent == 800 && ended.summary.samplesHeard == 800)
        }
    }

    @Test(arguments: ["pool", "event-loop"])
    func `A bot that throws closes with 1011 and is told of`(executor: String) async throws {
        struct Broken: Error {}
        let bot = TestBot { _ in throw Broken() }
        let yaml = RunningServer.open.replacing("bot: test", with: "bot: test, executor: \(executor)")
        try await RunningServer.run(bot, yaml) { serving in
            let client = try await serving.call(following: Wire.start())
            _ = try await client.frames { $0.text == Wire.hangUp }
            #expect(try await Self.leave(client) == 1011)
            #expect(try await serving.observed.ended()[0].reason.code == "bot_failed")
            #expect(serving.observed.log.value.notes == [.botFailed("Broken()")])
        }
    }

    @Test func `A bot that does not return is overdue: its call is complete, its place is not free`() async throws {
        let gate = Watched(false)
        let bot = TestBot { _ in _ = try await gate.wait("gate", within: .seconds(60)) { $0 ? true : nil } }
        let change: (inout BridgeConfiguration) -> Void = { configuration in
            configuration.limits.overdueBotGrace = .milliseconds(50)
            configuration.limits.calls = 1
            configuration.routes[0].limits.calls = 1
        }
        try await RunningServer.run(bot, change: change) { serving in
            let client = try await serving.call(following: Wire.start())
            _ = try await bot.runs.wait("bot") { $0.begun == 1 ? true : nil }
            #expect(try await Self.leave(client) == 1000)
            let ended = try await serving.observed.ended()[0]
            #expect(ended.summary.isBotOverdue && ended.reason.code == "stop")
            #expect(serving.observed.log.value.notes == [.botOverdue])
            #expect(serving.server.core.live.count == 0)
            #expect(serving.server.callCount == 1)
            #expect(try await RawClient.ask(serving.port, RawClient.request())?.status == 503)
            gate.update { $0 = true }
            try await serving.untilIdle()
            let next = try await serving.call(following: Wire.start())
            #expect(try await Self.leave(next) == 1000)
        }
        #expect(bot.runs.value.begun == 2)
    }

    @Test func `A bot that takes no events while 256 wait loses its call`() async throws {
        let bot = TestBot { call in
            _ = call.events.makeAsyncIterator()
            try await call.waitUntilEnded()
        }
        try await RunningServer.run(bot) { serving in
            let client = try await serving.call(following: Wire.start())
            _ = try await bot.runs.wait("bot") { $0.begun == 1 ? true : nil }
            client.sendAnyway((0..<300).flatMap { _ in Wire.digit("5") })
            _ = try await client.frames { $0.text == Wire.hangUp }
            #expect(try await Self.leave(client) == 1011)
            #expect(try await serving.observed.ended()[0].reason.code == "bot_too_slow")
            #expect(serving.observed.log.value.notes == [.botTooSlow])
        }
    }

    @Test func `A transfer that the wire cannot carry fails in the bot and nothing is sent`() async throws {
        let failures = Watched<[String]>([])
        let bot = TestBot { call in
            for number in ["", "12a", "+"] {
                do {
                    try await call.transfer(to: .phone(number))
                } catch let error as CallError {
                    failures.update { $0.append(error.shortDescription) }
                }
            }
            try await call.transfer(to: .phone("+91 98100-00001"))
        }
        try await RunningServer.run(bot) { serving in
            let client = try await serving.call(following: Wire.start())
            let frame = try #require(try await client.frame())
            #expect(frame.text == #"{"type":"session.transfer","destination":"+919810000001"}"#)
            #expect(failures.value == ["invalid", "invalid", "invalid"])
            #expect(try await Self.leave(client) == 1000)
            #expect(try await serving.observed.ended()[0].reason.code == "transfer")
        }
    }

    @Test func `Bots that compute on all but one thread leave other calls whole`() async throws {
        let isOver = Atomic(false)
        let spinner = TestBot { call in
            guard call.start.callID.rawValue.hasPrefix("spin") else {
                for await event in call.events {
                    if case .audio(let chunk) = event { try await call.say(chunk, interruption: .protected) }
                }
                return
            }
            while !isOver.load(ordering: .relaxed) {}
        }
        let sent = (0..<1_600).map { Int16(truncatingIfNeeded: $0 * 37) }
        try await RunningServer.run(spinner) { serving in
            var spinning: [RawClient] = []
            for number in 0..<3 {
                spinning.append(try await serving.call(following: Wire.start(call: "spin-\(number)")))
            }
            _ = try await spinner.runs.wait("spinning bots") { $0.begun == 3 ? true : nil }
            let client = try await serving.call(following: Wire.start(call: "echo"))
            for start in stride(from: 0, to: 1_600, by: 160) {
                try await client.send(Wire.media(Wire.bytes(Array(sent[start..<start + 160]))))
            }
            var received: [Int16] = []
            while received.count < 1_600, let frame = try await client.frame() {
                received += Wire.samples(Wire.audio(frame) ?? [])
            }
            #expect(received == sent)
            #expect(try await Self.leave(client) == 1000)
            isOver.store(true, ordering: .relaxed)
            for client in spinning { _ = try await Self.leave(client) }
        }
    }

    @Test func `Stages go on while bots compute on every thread`() async throws {
        let isOver = Atomic(false)
        let bot = TestBot { call in
            if call.start.callID.rawValue == "echo" { call.attach(Parrot()) }
            while !isOver.load(ordering: .relaxed) {}
        }
        let sent = (0..<1_600).map { Int16(truncatingIfNeeded: $0 * 41) }
        let threads = max(4, System.coreCount * 2)
        try await RunningServer.run(bot, change: { $0.limits.overdueBotGrace = .milliseconds(10) }) { serving in
            let client = try await serving.call(following: Wire.start(call: "echo"))
            _ = try await bot.runs.wait("bot") { $0.begun == 1 ? true : nil }
            var others: [RawClient] = []
            for number in 1..<threads {
                others.append(try await serving.call(following: Wire.start(call: "spin-\(number)")))
            }
            _ = try await bot.runs.wait("every thread taken") { $0.begun == threads ? true : nil }
            for start in stride(from: 0, to: 1_600, by: 160) {
                try await client.send(Wire.media(Wire.bytes(Array(sent[start..<start + 160]))))
            }
            var received: [Int16] = []
            while received.count < 1_600, let frame = try await client.frame() {
                received += Wire.samples(Wire.audio(frame) ?? [])
            }
            #expect(received == sent)
            for client in [client] + others { _ = try await Self.leave(client) }
            #expect(try await serving.observed.ended(threads).allSatisfy { $0.summary.isBotOverdue })
            isOver.store(true, ordering: .relaxed)
            try await serving.untilIdle()
        }
    }

    struct Parrot: MediaStage {
        mutating func process(_ heard: Span<Int16>, at position: Int64, into playback: inout PlaybackWriter) {
            playback.write(heard)
        }
    }
}

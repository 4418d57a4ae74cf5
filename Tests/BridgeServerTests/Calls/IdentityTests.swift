// SPDX-License-Identifier: Apache-2.0
import BridgeServer
import CallModel
import Logging
import Synchronization
import Testing

/// One call has one live socket.
@Suite struct IdentityTests {
    static func identity(_ call: String, _ stream: String = "s", route: String = "/r") -> CallIdentities.Identity {
        CallIdentities.Identity(
            route: route,
            start: CallStart(callID: CallID(call), streamID: stream, platform: "ivr-solutions")
        )
    }

    static func at(_ seconds: Double) -> CallInstant { CallInstant(nanoseconds: Int64(seconds * 1e9)) }

    @Test func `The first holds the call while it is heard, and the newest has it after 5 s of silence`() throws {
        let identities = CallIdentities()
        let replaced = Atomic(0)
        let first = try #require(
            identities.claim(Self.identity("a"), at: Self.at(10)) { replaced.wrappingAdd(1, ordering: .relaxed) }
        )
        #expect(identities.claim(Self.identity("a"), at: Self.at(14.9)) {} == nil)
        first.heard(at: Self.at(14))
        #expect(identities.claim(Self.identity("a"), at: Self.at(18.9)) {} == nil)
        #expect(replaced.load(ordering: .relaxed) == 0)
        let second = try #require(identities.claim(Self.identity("a"), at: Self.at(19)) {})
        #expect(replaced.load(ordering: .relaxed) == 1)
        // What the old one does no longer matters.
        first.heard(at: Self.at(20))
        identities.leave(first)
        #expect(identities.count == 1)
        #expect(identities.claim(Self.identity("a"), at: Self.at(20)) {} == nil)
        identities.leave(second)
        #expect(identities.count == 0)
        #expect(identities.claim(Self.identity("a"), at: Self.at(20)) {} != nil)
    }

    @Test func `Another call, another stream and another route are other identities`() {
        let identities = CallIdentities()
        let others = [Self.identity("a"), Self.identity("b"), Self.identity("a", "t"), Self.identity("a", route: "/q")]
        for identity in others { #expect(identities.claim(identity, at: Self.at(0)) {} != nil) }
        #expect(identities.count == 4)
    }

    @Test func `A second socket of a live call is refused and the first goes on`() async throws {
        let bot = TestBot.silent()
        try await RunningServer.run(bot) { serving in
            let first = try await serving.call(following: Wire.start())
            _ = try await bot.runs.wait("bot") { $0.begun == 1 ? true : nil }
            let second = try await serving.call(following: Wire.start())
            #expect(try await second.closeCode() == 1008)
            try await second.drop()
            let refused = try await serving.observed.ended()[0]
            #expect(refused.reason.code == "duplicate_call")
            #expect(refused.reason.detail == "call call-1, stream stream-1 is live on another socket")
            #expect(bot.runs.value.begun == 1)
            try await first.send(Wire.stop)
            #expect(try await first.closeCode() == 1000)
            _ = try await serving.observed.ended(2)
            // The call is over: its identity is free.
            let third = try await serving.call(following: Wire.start() + Wire.stop)
            #expect(try await third.closeCode() == 1000)
        }
    }

    @Test func `The newest socket wins over a silent one, whose call ends without a hang-up`() async throws {
        let bot = TestBot.silent()
        try await RunningServer.run(bot, identities: CallIdentities(patience: .zero)) { serving in
            let first = try await serving.call(following: Wire.start())
            _ = try await bot.runs.wait("bot") { $0.begun == 1 ? true : nil }
            let second = try await serving.call(following: Wire.start())
            let frames = try await first.frames { $0.closeCode != nil }
            #expect(frames.map(\.closeCode) == [1008])
            try await first.drop()
            #expect(try await serving.observed.ended()[0].reason.code == "replaced")
            _ = try await bot.runs.wait("second bot") { $0.begun == 2 && $0.ended == 1 ? true : nil }
            try await second.send(Wire.stop)
            #expect(try await second.closeCode() == 1000)
            #expect(try await serving.observed.ended(2)[1].reason.code == "stop")
        }
    }

    @Test(arguments: [(String?.none, String?.some("s")), ("c", nil), (nil, nil)])
    func `Calls whose ids were made up here are never taken for one another`(call: String?, stream: String?)
        async throws
    {
        let bot = TestBot.silent()
        try await RunningServer.run(bot) { serving in
            let first = try await serving.call(following: Wire.start(call: call, stream: stream))
            let second = try await serving.call(following: Wire.start(call: call, stream: stream))
            _ = try await bot.runs.wait("two bots") { $0.begun == 2 ? true : nil }
            for client in [first, second] {
                try await client.send(Wire.stop)
                #expect(try await client.closeCode() == 1000)
            }
        }
    }
}

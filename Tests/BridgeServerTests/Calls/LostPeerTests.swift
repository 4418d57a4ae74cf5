// SPDX-License-Identifier: Apache-2.0
import BridgeConfiguration
import BridgeServer
import Synchronization
import Testing
import TransportSecurity
import VoiceBridge

/// Peers that go without a word, in every way, plain and encrypted: the call is settled once and nothing stays.
@Suite struct LostPeerTests {
    enum Way: String, Sendable, CaseIterable {
        case halfClose, reset, drop, dropInFrame, dropInHandshake, mute, pingsUnanswered
    }

    @Test(arguments: Way.allCases, [false, true])
    func `The call is settled once and everything is given back`(way: Way, isEncrypted: Bool) async throws {
        let bot = TestBot.silent()
        let tls = isEncrypted ? try Certificates() : nil
        let yaml = isEncrypted ? try #require(tls).yaml : RunningServer.open
        try await RunningServer.run(
            bot,
            yaml,
            change: { configuration in
                guard way == .mute || way == .pingsUnanswered else { return }
                configuration.routes[0].webSocket.pingInterval = .milliseconds(50)
                configuration.routes[0].webSocket.peerTimeout = .milliseconds(120)
            }
        ) { serving in
            let context = try tls?.client()
            if way == .dropInHandshake {
                let client = try await RawClient.connect(serving.port, tls: context)
                try await client.send("GET /v1/ivr-sol")
                try await client.drop()
                try await serving.untilIdle()
                #expect(serving.observed.log.value.ended.isEmpty)
                return
            }
            let client = try await serving.call(following: Wire.start(), tls: context)
            _ = try await bot.runs.wait("bot") { $0.begun == 1 ? true : nil }
            var reason = "connection_lost"
            switch way {
            case .halfClose: try await client.endOutput()
            case .reset: try await client.reset()
            case .drop: try await client.drop()
            case .dropInFrame:
                try await client.send(Array(Wire.media([1, 2, 3, 4]).dropLast(5)))
                try await client.drop()
            case .mute, .pingsUnanswered:
                reason = "peer_silent"
                let frames = try await client.frames { $0.closeCode != nil }
                #expect(frames.contains { $0.first == 0x89 })
                #expect(frames.last?.closeCode == 1001)
            case .dropInHandshake: break
            }
            #expect(try await serving.observed.ended().map(\.reason.code) == [reason])
            _ = try await bot.runs.wait("bot's return") { $0.ended == 1 ? true : nil }
            try await serving.untilIdle()
            #expect(serving.observed.log.value.ended.count == 1)
        }
    }

    @Test func `A call goes on while its peer answers pings and says nothing else`() async throws {
        let bot = TestBot.silent()
        try await RunningServer.run(
            bot,
            change: { configuration in
                configuration.routes[0].webSocket.pingInterval = .milliseconds(100)
                configuration.routes[0].webSocket.peerTimeout = .seconds(2)
            }
        ) { serving in
            let client = try await serving.call(following: Wire.start())
            for _ in 0..<25 {
                let frame = try #require(try await client.frame())
                #expect(frame.first == 0x89)
                try await client.send(RawFrame.make(0x8A, frame.payload))
            }
            try await client.send(Wire.stop)
            #expect(try await client.closeCode() == 1000)
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
import BridgeConfiguration
import BridgeServer
import CallModel
import CallSession
import Testing
import VoiceBridge

/// What a peer may not do, what it costs, and that it costs nobody else anything.
@Suite struct ProtocolFaultTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var name: String
        /// What the peer sends behind the handshake.
        var bytes: [UInt8]
        var closeCode: Int
        var reason: String
        var bots = 1

        var testDescription: String { name }
    }

    static let start = Wire.start()
    static let notJSON = RawFrame.text("not json")

    static let cases = [
        Case(name: "stop", bytes: start + Wire.stop, closeCode: 1000, reason: "stop"),
        Case(name: "stop before start", bytes: Wire.stop, closeCode: 1000, reason: "stop_before_start", bots: 0),
        Case(name: "second start", bytes: start + start, closeCode: 1002, reason: "duplicate_start"),
        Case(
            name: "unmasked frame",
            bytes: start + RawFrame.make(0x81, Array("{}".utf8), isMasked: false),
            closeCode: 1002,
            reason: "websocket_protocol"
        ),
        Case(
            name: "reserved bit",
            bytes: start + RawFrame.make(0xC1, Array("{}".utf8)),
            closeCode: 1002,
            reason: "websocket_protocol"
        ),
        Case(
            name: "reserved opcode",
            bytes: start + RawFrame.make(0x83, []),
            closeCode: 1002,
            reason: "websocket_protocol"
        ),
        Case(
            name: "continuation of nothing",
            bytes: start + RawFrame.make(0x80, [1]),
            closeCode: 1002,
            reason: "websocket_protocol"
        ),
        Case(
            name: "message over the limit, all of it sent",
            bytes: start + RawFrame.make(0x81, [UInt8](repeating: 0x20, count: 400_000)),
            closeCode: 1009,
            reason: "websocket_protocol"
        ),
        Case(
            name: "message over the limit, announced only",
            bytes: start + RawFrame.make(0x81, [], announcing: 1 << 40),
            closeCode: 1009,
            reason: "websocket_protocol"
        ),
        Case(
            name: "message over the limit by fragments",
            bytes: start + RawFrame.make(0x01, [UInt8](repeating: 0x20, count: 2_000))
                + RawFrame.make(0x80, [UInt8](repeating: 0x20, count: 2_097)),
            closeCode: 1009,
            reason: "websocket_protocol"
        ),
        Case(
            name: "too many fragments",
            bytes: start + RawFrame.make(0x01, []) + (0..<4).flatMap { _ in RawFrame.make(0x00, []) },
            closeCode: 1009,
            reason: "websocket_protocol"
        ),
        Case(
            name: "text that is not UTF-8",
            bytes: start + RawFrame.make(0x81, [0x22, 0xC3, 0x28, 0x22]),
            closeCode: 1007,
            reason: "websocket_protocol"
        ),
        Case(
            name: "20 messages that are not JSON",
            bytes: start + (0..<20).flatMap { _ in notJSON },
            closeCode: 1007,
            reason: "not_json"
        ),
        Case(
            name: "19 messages that are not JSON",
            bytes: start + (0..<19).flatMap { _ in notJSON } + Wire.stop,
            closeCode: 1000,
            reason: "stop"
        ),
        Case(
            name: "bad base64, 30 times",
            bytes: start + (0..<30).flatMap { _ in RawFrame.text(#"{"event":"media","media":{"payload":"%%%"}}"#) }
                + Wire.stop,
            closeCode: 1000,
            reason: "stop"
        ),
        Case(
            name: "unknown messages",
            bytes: start + RawFrame.text(#"{"event":"weather"}"#) + RawFrame.text("{}") + Wire.stop,
            closeCode: 1000,
            reason: "stop"
        ),
        Case(
            name: "unsupported rate",
            bytes: Wire.start(rate: 11_025),
            closeCode: 1003,
            reason: "unsupported_format",
            bots: 0
        ),
        Case(
            name: "unsupported encoding",
            bytes: Wire.start(encoding: "opus"),
            closeCode: 1003,
            reason: "unsupported_format",
            bots: 0
        ),
        Case(name: "close", bytes: start + RawFrame.close(1000), closeCode: 1000, reason: "connection_lost"),
        Case(
            name: "close with a code nobody may send",
            bytes: start + RawFrame.close(1005),
            closeCode: 1002,
            reason: "websocket_protocol"
        ),
    ]

    @Test(arguments: cases)
    func `A fault closes its own call with the right code, once`(wanted: Case) async throws {
        let bot = TestBot.silent()
        let change: (inout BridgeConfiguration) -> Void = { configuration in
            configuration.routes[0].limits.messageBytes = 4_096
            configuration.routes[0].limits.fragments = 4
        }
        try await RunningServer.run(bot, change: change) { serving in
            let bystander = try await serving.call(following: Wire.start(call: "other"))
            let client = try await serving.call()
            client.sendAnyway(wanted.bytes)
            #expect(try await client.closeCode() == wanted.closeCode)
            try await client.untilClosed()
            let ended = try await serving.observed.ended()
            #expect(ended.map(\.reason.code) == [wanted.reason])
            try await serving.untilConnections(1)
            _ = try await bot.runs.wait("bots") { $0.begun >= wanted.bots + 1 ? true : nil }
            #expect(bot.runs.value.begun == wanted.bots + 1)
            #expect(serving.server.callCount == 1)
            try await bystander.send(Wire.stop)
            #expect(try await bystander.closeCode() == 1000)
            #expect(try await serving.observed.ended(2).last?.reason.code == "stop")
        }
    }

    @Test func `An upgrade without start is closed with 1008`() async throws {
        try await RunningServer.run(
            TestBot.silent(),
            change: { $0.routes[0].limits.startTimeout = .milliseconds(80) }
        ) { serving in
            let client = try await serving.call(following: RawFrame.text(#"{"event":"connected"}"#))
            #expect(try await client.closeCode() == 1008)
            try await client.send(RawFrame.close(1008))
            try await client.untilClosed()
            #expect(try await serving.observed.ended().map(\.reason.code) == ["no_start"])
        }
    }

    @Test func `A ping is answered, in a message too, and what is not understood is counted`() async throws {
        try await RunningServer.run(TestBot.silent()) { serving in
            let client = try await serving.call(
                following: Wire.start() + RawFrame.make(0x01, Array(#"{"event":"#.utf8))
                    + RawFrame.make(0x89, Array("are you there".utf8)) + RawFrame.make(0x80, Array(#""weather"}"#.utf8))
                    + Wire.media([1, 2, 3]) + RawFrame.text(#"{"event":"media","media":{"payload":"?"}}"#) + Wire.stop
            )
            let frames = try await client.frames { $0.closeCode != nil }
            #expect(frames.first == RawFrame(first: 0x8A, payload: Array("are you there".utf8)))
            let summary = try await serving.observed.ended()[0].summary
            #expect(summary.unknownMessages == 1 && summary.malformedMessages == 1)
            #expect(summary.oddBytes == 1 && summary.samplesReceived == 1)
        }
    }
}

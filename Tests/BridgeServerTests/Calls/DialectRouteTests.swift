// SPDX-License-Identifier: Apache-2.0
import BridgeServer
import CallModel
import CallSession
import TestSupport
import Testing
import VoiceBridge

/// Routes of several platforms on one server, each with its own wire.
@Suite struct DialectRouteTests {
    /// A platform's start, what our audio then begins with, and a message of the caller's audio.
    struct Platform: Sendable, CustomTestStringConvertible {
        var name: String
        var start: String
        var audio: String
        var testDescription: String { name }
    }

    static let platforms = [
        Platform(
            name: "exotel",
            start:
                #"{"event":"start","sequence_number":"1","stream_sid":"st-01","start":{"stream_sid":"st-01","call_sid":"ca-01","account_sid":"demo1","from":"+919800000001","to":"+918000000002","media_format":{"encoding":"audio/x-raw","sample_rate":"8000","bit_rate":"16"}}}"#,
            audio:
                #"{"event":"media","stream_sid":"st-01","sequence_number":"1","media":{"chunk":"1","timestamp":"200","payload":""#
        ),
        Platform(
            name: "twilio",
            start:
                #"{"event":"start","sequenceNumber":"1","streamSid":"MZ00aa","start":{"streamSid":"MZ00aa","accountSid":"AC00bb","callSid":"CA00cc","tracks":["inbound"],"customParameters":{},"mediaFormat":{"encoding":"audio/x-mulaw","sampleRate":8000,"channels":1}}}"#,
            audio: #"{"event":"media","streamSid":"MZ00aa","media":{"payload":""#
        ),
        Platform(
            name: "plivo",
            start:
                #"{"sequenceNumber":0,"event":"start","start":{"callId":"c-11","streamId":"s-11","accountId":"77","tracks":["inbound"],"mediaFormat":{"encoding":"audio/x-mulaw","sampleRate":8000}},"extra_headers":""}"#,
            audio: #"{"event":"playAudio","media":{"contentType":"audio/x-mulaw","sampleRate":8000,"payload":""#
        ),
        Platform(
            name: "telnyx",
            start:
                #"{"event":"start","sequence_number":"1","stream_id":"f00d","start":{"user_id":"u1","call_control_id":"v3:abc","from":"+15550100","to":"+15550101","media_format":{"encoding":"PCMA","sample_rate":8000,"channels":1}}}"#,
            audio: #"{"event":"media","media":{"payload":""#
        ),
    ]

    static func yaml(_ dialect: String) -> String {
        """
        listen: {port: 0, plain: true}
        admin: {port: 0}
        routes: [{authentication: {none: true}, dialect: \(dialect), path: /v1/ivr-solutions, bot: test}]
        """
    }

    /// The next text message, whatever control frames come between.
    private static func text(_ client: RawClient) async throws -> String? {
        while let frame = try await client.frame() {
            if frame.isText { return frame.text }
        }
        return nil
    }

    @Test(arguments: platforms)
    func `A bot speaks on any platform, and its hang-up is a close where the wire has none`(
        platform: Platform
    ) async throws {
        let bot = TestBot { call in
            #expect(call.start.platform == platform.name)
            _ = try await call.play(Prompt(.tone(frequency: 440, duration: .milliseconds(100))))
        }
        try await RunningServer.run(bot, Self.yaml(platform.name)) { serving in
            let client = try await serving.call(following: RawFrame.text(platform.start))
            let first = try #require(try await Self.text(client))
            #expect(first.hasPrefix(platform.audio), "\(first)")
            #expect(try await client.closeCode() == 1000)
            let ended = try await serving.observed.ended()
            #expect(ended.map(\.reason.code) == ["returned"])
            #expect(ended[0].summary.leavesCaller)
        }
    }

    @Test func `A start of another platform's closes the call, and says both names`() async throws {
        let bot = TestBot.silent()
        let start = try #require(Self.platforms.first { $0.name == "twilio" }).start
        try await RunningServer.run(bot, Self.yaml("exotel")) { serving in
            let client = try await serving.call(following: RawFrame.text(start))
            #expect(try await client.closeCode() == 1008)
            let reason = try await serving.observed.ended()[0].reason
            #expect(reason.code == "wrong_platform")
            #expect(reason.detail?.contains("exotel") == true)
            #expect(reason.detail?.contains("twilio") == true)
            #expect(bot.runs.value.begun == 0)
        }
    }

    @Test func `Exotel's audio keeps to its chunks, the last one included`() async throws {
        let exotel = try #require(Self.platforms.first { $0.name == "exotel" })
        let bot = TestBot { call in
            _ = try await call.play(Prompt(.tone(frequency: 440, duration: .milliseconds(450))))
        }
        try await RunningServer.run(bot, Self.yaml("exotel")) { serving in
            let client = try await serving.call(following: RawFrame.text(exotel.start))
            var sizes: [Int] = []
            while sizes.reduce(0, +) < 7_200, let text = try await Self.text(client) {
                guard let payload = text.split(separator: #""payload":""#).dropFirst().first else { continue }
                sizes.append(try #require(PlainBase64.decode(Array(payload.prefix { $0 != "\"" }.utf8))).count)
            }
            #expect(sizes == [3_200, 4_160])
            try await client.send(RawFrame.text(#"{"event":"stop","stop":{"reason":"callended"}}"#))
            #expect(try await client.closeCode() == 1000)
        }
    }
}

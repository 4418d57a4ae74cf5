// SPDX-License-Identifier: Apache-2.0
import BridgeServer
import CallModel
import CallSession
import Testing
import VoiceBridge

/// Routes of platforms that are not of Twilio's family: most send audio bare, and some end a call by closing the socket.
@Suite struct BareAudioRouteTests {
    /// A platform's first message, sizes of the binary messages of 100 ms, what we say to hang up, and what it says then.
    struct Platform: Sendable, CustomTestStringConvertible {
        var name: String
        var start: String
        var sizes: [Int]
        var goodbye: String?
        var answer: [UInt8] = RawFrame.close(1_000)
        var testDescription: String { name }
    }

    static let platforms = [
        Platform(
            name: "vonage",
            start: #"{"event":"websocket:connected","content-type":"audio/l16;rate=16000","call_id":"k-501"}"#,
            sizes: [640, 640, 640, 640, 640]
        ),
        Platform(
            name: "asterisk",
            start:
                "MEDIA_START connection_id:x1 channel:WebSocket/x1/0 channel_id:1790.1 format:ulaw optimal_frame_size:160",
            sizes: [160, 160, 160, 160, 160],
            goodbye: "HANGUP"
        ),
        Platform(
            name: "jambonz",
            start: #"{"callSid":"c-9","from":"15550100","to":"15550101","sampleRate":8000,"mixType":"mono"}"#,
            sizes: [320, 320, 320, 320, 320],
            goodbye: #"{"type":"disconnect"}"#
        ),
        Platform(
            name: "genesys",
            start:
                #"{"version":"2","id":"6d0f","type":"open","seq":1,"serverseq":0,"position":"PT0S","parameters":{"conversationId":"b2","participant":{"id":"c3"},"media":[{"type":"audio","format":"PCMU","channels":["external"],"rate":8000}]}}"#,
            sizes: [800],
            goodbye:
                #"{"version":"2","id":"6d0f","type":"disconnect","seq":2,"clientseq":1,"parameters":{"reason":"completed","info":"returned"}}"#,
            answer: RawFrame.text(
                #"{"version":"2","id":"6d0f","type":"close","seq":2,"serverseq":2,"position":"PT1S","parameters":{"reason":"disconnect"}}"#
            )
        ),
        Platform(
            name: "ozonetel",
            start: #"{"event":"start","type":"text","ucid":"u1","did":"80000"}"#,
            sizes: [],
            goodbye: #"{"command":"callDisconnect"}"#,
            answer: RawFrame.text(#"{"event":"stop","type":"text","ucid":"u1","did":"80000"}"#)
        ),
    ]

    @Test(arguments: platforms)
    func `A bot speaks in the platform's pieces and hangs up in its way`(platform: Platform) async throws {
        let bot = TestBot { call in
            #expect(call.start.platform == platform.name)
            _ = try await call.play(Prompt(.tone(frequency: 440, duration: .milliseconds(100))))
        }
        try await RunningServer.run(bot, DialectRouteTests.yaml(platform.name)) { serving in
            let client = try await serving.call(following: RawFrame.text(platform.start))
            let frames = try await client.frames { frame in
                frame.closeCode != nil || (frame.isText && frame.text == platform.goodbye)
            }
            #expect(frames.filter { $0.first == 0x82 }.map(\.payload.count) == platform.sizes)
            if platform.goodbye == nil {
                #expect(frames.last?.closeCode == 1_000)
            } else {
                #expect(frames.last?.text == platform.goodbye)
            }
            try await client.send(platform.answer)
            let ended = try await serving.observed.ended()
            #expect(ended.map(\.reason.code) == ["returned"])
        }
    }

    @Test func `Genesys gets its answers before anything else, also at the end`() async throws {
        let genesys = try #require(Self.platforms.first { $0.name == "genesys" })
        try await RunningServer.run(TestBot.silent(), DialectRouteTests.yaml("genesys")) { serving in
            let client = try await serving.call(following: RawFrame.text(genesys.start) + genesys.answer)
            let texts = try await client.frames { $0.closeCode != nil }.filter(\.isText).map(\.text)
            #expect(texts.count == 2)
            #expect(texts.first?.contains(#""type":"opened","seq":1,"clientseq":1,"#) == true)
            #expect(texts.last?.contains(#""type":"closed","seq":2,"clientseq":2,"#) == true)
            #expect(try await serving.observed.ended().map(\.reason.code) == ["stop"])
        }
    }

    @Test(arguments: [
        ("vonage", 1_000, "stop"), ("asterisk", 1_000, "stop"), ("jambonz", 1_001, "stop"),
        ("vonage", 1_011, "connection_lost"), ("ozonetel", 1_000, "connection_lost"),
    ])
    func `A close is the caller leaving where the platform has no other end`(
        name: String,
        code: Int,
        reason: String
    ) async throws {
        let start = try #require(Self.platforms.first { $0.name == name }).start
        try await RunningServer.run(TestBot.silent(), DialectRouteTests.yaml(name)) { serving in
            _ = try await serving.call(following: RawFrame.text(start) + RawFrame.close(code))
            #expect(try await serving.observed.ended().map(\.reason.code) == [reason])
        }
    }

    @Test func `A close before the call has begun is no caller's leaving`() async throws {
        try await RunningServer.run(TestBot.silent(), DialectRouteTests.yaml("vonage")) { serving in
            _ = try await serving.call(following: RawFrame.close(1_000))
            #expect(try await serving.observed.ended().map(\.reason.code) == ["no_start"])
        }
    }

    @Test(arguments: [("asterisk", "media"), ("jambonz", "audio.jambonz.org")])
    func `The platform's subprotocol is taken without a word in the configuration`(
        name: String,
        subprotocol: String
    ) async throws {
        try await RunningServer.run(TestBot.silent(), DialectRouteTests.yaml(name)) { serving in
            let request = RawClient.request(adding: ["Sec-WebSocket-Protocol: \(subprotocol)"])
            let answer = try await RawClient.ask(serving.port, request)
            #expect(answer?.status == 101)
            #expect(answer?["Sec-WebSocket-Protocol"] == subprotocol)
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
import Testing
import VoiceBridgeTesting

/// Each thing a server may say wrong is found, named, and ends the call.
@Suite struct PlantedFaultTests {
    struct Planted: Sendable, CustomTestStringConvertible {
        let name: String
        let rule: Violation.Rule
        let script: [(Int, VirtualServerOutput)]
        var testDescription: String { name }

        init(_ name: String, _ rule: Violation.Rule, _ script: [(Int, VirtualServerOutput)]) {
            self.name = name
            self.rule = rule
            self.script = script
        }

        init(_ text: String, _ rule: Violation.Rule) {
            self.init(text, rule, [(100, .text(text))])
        }
    }

    static let planted: [Planted] = [
        Planted("", .notCompactJSON),
        Planted("hello", .notCompactJSON),
        Planted(#"["audio.clear"]"#, .notCompactJSON),
        Planted(#"{"type": "audio.clear"}"#, .notCompactJSON),
        Planted("{\"type\":\"audio.clear\"}\n", .notCompactJSON),
        Planted(#"{"type":"audio.clear"}{"type":"audio.clear"}"#, .notCompactJSON),
        Planted(#"{"type":"audio.flush"}"#, .unknownMessage),
        Planted(#"{"event":"clear"}"#, .unknownMessage),
        Planted(#"{"event":"media","media":{"payload":"AAAA"}}"#, .unknownMessage),
        Planted(#"{"type":"audio.clear","stream_sid":"1790000000.41"}"#, .keys),
        Planted(#"{"delta":"AAAA","type":"response.audio.delta"}"#, .keys),
        Planted(#"{"type":"response.audio.delta","delta":"AAAA","item":1}"#, .keys),
        Planted(#"{"type":"response.audio.delta"}"#, .keys),
        Planted(#"{"type":"response.audio.delta","delta":"AAA"}"#, .base64),
        Planted(#"{"type":"response.audio.delta","delta":"AA-_"}"#, .base64),
        Planted(#"{"type":"response.audio.delta","delta":"AB=="}"#, .base64),
        Planted(#"{"type":"response.audio.delta","delta":"AAAA"}"#, .frameSize),
        Planted(#"{"type":"response.audio.delta","delta":17}"#, .value),
        Planted(#"{"type":"session.dtmf","dtmf":"12E"}"#, .value),
        Planted(#"{"type":"session.dtmf","dtmf":"123456789012345678901234567890123"}"#, .value),
        Planted(#"{"type":"session.transfer","destination":["204"]}"#, .value),
        Planted(#"{"type":"session.transfer","destination":"98-10"}"#, .value),
        Planted(#"{"type":"session.transfer","destination":"9810","strategy":"sequential"}"#, .value),
        Planted(#"{"type":"session.transfer","destination":["9810","9811"],"strategy":"simultaneous"}"#, .value),
        Planted(#"{"type":"session.transfer","strategy":"sequential","destination":["9810","9811"]}"#, .keys),
        Planted(#"{"type":"session.transfer_extension","extension":204}"#, .value),
        Planted(#"{"type":"session.flow_transfer","flowId":"billing"}"#, .keys),
        Planted(#"{"type":"session.transfer_ws","url":"https://bot.example.net/"}"#, .value),
        Planted(#"{"event":"mark","stream_sid":"1790000000.42","mark":{"name":"a"}}"#, .value),
        Planted(#"{"event":"mark","mark":{"name":"a"},"stream_sid":"1790000000.41"}"#, .keys),
        Planted("more than 200 ms in a message", .frameSize, [(100, audio(220))]),
        Planted("30 ms in a message", .frameSize, [(100, audio(30))]),
        Planted("an odd byte", .frameSize, [(100, .binary([UInt8](repeating: 0, count: 321)))]),
        Planted("a WAV header", .wavHeader, [(100, .binary(Array("RIFF".utf8) + [UInt8](repeating: 0, count: 316)))]),
        Planted(
            "audio after a transfer",
            .afterTransfer,
            [(100, .text(#"{"type":"session.transfer","destination":"09810000003"}"#)), (100, audio(20))]
        ),
        Planted(
            "a second transfer",
            .afterTransfer,
            [
                (100, .text(#"{"type":"session.transfer_extension","extension":"204"}"#)),
                (100, .text(#"{"type":"session.transfer_extension","extension":"205"}"#)),
            ]
        ),
        Planted(
            "audio after a hang-up",
            .afterHangUp,
            [(100, .text(#"{"type":"session.hangup"}"#)), (100, audio(20))]
        ),
        Planted("audio after stop", .afterStop, [(1_020, audio(20))]),
        Planted("a whole utterance at once", .bufferOverrun, (0..<30).map { _ in (100, audio(200)) }),
        Planted("close without a code after stop", .closeCode, [(1_000, .close(code: 1011, reason: "bot failed"))]),
        Planted("no close frame after stop", .noCloseFrame, [(1_000, .disconnect)]),
    ]

    @Test(arguments: planted)
    func `is found`(planted: Planted) {
        var virtual = VirtualCall(
            call(1_000) { $0.maximumBuffer = .seconds(5) },
            server: StandIn(planted.script, replies: [])
        )
        let result = virtual.run()
        #expect(result.violations.map(\.rule) == [planted.rule])
        #expect(result.endedBy == .error)
        #expect(result.endReason == result.violations.first?.description)
        #expect(!result.endedAsTold)
    }

    @Test func `a message before start is found`() {
        var virtual = VirtualCall(call(1_000) { $0.fault = .lateStart }, server: StandIn([(100, audio(20))]))
        #expect(virtual.run().violations.map(\.rule) == [.beforeStart])
    }

    @Test(arguments: [
        #"{"type":"response.audio.done"}"#, #"{"type":"audio.clear"}"#, #"{"type":"session.dtmf","dtmf":"12#A"}"#,
        #"{"event":"mark","stream_sid":"1790000000.41","mark":{"name":"a"}}"#,
        #"{"type":"session.hangup"}"#, #"{"type":"session.hangup","reason":"good night"}"#,
        #"{"type":"session.transfer","destination":"09810000003"}"#,
        #"{"type":"session.transfer","destination":["09810000003","+919810000004"]}"#,
        #"{"type":"session.transfer","destination":["09810000003","09810000004"],"strategy":"sequential"}"#,
        #"{"type":"session.transfer","destination":"sip:sales@example.net"}"#,
        #"{"type":"session.transfer_extension","extension":"204"}"#,
        #"{"type":"session.flow_transfer","flow_id":"billing"}"#,
        #"{"type":"session.transfer_ws","url":"wss://other.example.net/v1"}"#,
    ])
    func `what the document shows is taken`(message: String) throws {
        var virtual = VirtualCall(call(1_000), server: StandIn([(100, .text(message))]))
        let result = virtual.run()
        #expect(result.violations == [])
        #expect(result.endedAsTold)
        let command = try #require(result.commands.first)
        #expect(PlainJSON.object(command.fields).text == message)
        #expect(command.time == .milliseconds(100))
    }
}

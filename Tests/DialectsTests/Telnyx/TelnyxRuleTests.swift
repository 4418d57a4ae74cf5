// SPDX-License-Identifier: Apache-2.0

import CallModel
import Dialects
import Testing

/// Codecs of each direction, and what Telnyx's documents leave open.
@Suite struct TelnyxRuleTests {
    private static func start(_ format: String, _ more: String = "") -> String {
        #"{"event":"start","stream_id":"s","start":{"call_control_id":"c","media_format":"# + format + more + "}}"
    }

    @Test func eachDirectionHasItsOwnCodec() throws {
        var call = try DialectCall(.telnyx, ["bidirectional_codec": .text("PCMU")])
        let start = try call.start(Self.start(#"{"encoding":"PCMA","sample_rate":8000}"#))
        #expect(start?.format == .aLaw8kHz)
        #expect(start?.outboundFormat == .muLaw8kHz)
    }

    @Test func linearSamplesComeAndGoInNetworkOrder() throws {
        let options: [String: BotOptionValue] = [
            "bidirectional_codec": .text("L16"), "bidirectional_sampling_rate": .text("16000"),
        ]
        var call = try DialectCall(.telnyx, options)
        let start = try call.start(Self.start(#"{"encoding":"L16","sample_rate":16000}"#))
        #expect(start?.format == .linear16kHz)
        #expect(start?.outboundFormat == .linear16kHz)
        _ = try call.event(#"{"event":"media","media":{"payload":"AQIDBAU="}}"#)
        #expect(call.media == [2, 1, 4, 3, 5])
        #expect(call.audio([1, 2, 3, 4]) == #"{"event":"media","media":{"payload":"AgEEAw=="}}"#)
        var little = try DialectCall(.telnyx, options.merging(["l16_byte_order": .text("little")]) { $1 })
        _ = try little.event(Self.start(#"{"encoding":"L16","sample_rate":16000}"#))
        _ = try little.event(#"{"event":"media","media":{"payload":"AQIDBA=="}}"#)
        #expect(little.media == [1, 2, 3, 4])
        #expect(little.audio([1, 2, 3, 4]) == #"{"event":"media","media":{"payload":"AQIDBA=="}}"#)
    }

    @Test(arguments: ["G722", "OPUS", "AMR-WB"])
    func aCodecThatWeDoNotHaveEndsTheCall(codec: String) throws {
        var call = try DialectCall(.telnyx)
        #expect(throws: DialectError.unsupportedFormat(field: "encoding", value: codec)) {
            try call.event(Self.start(#"{"encoding":"\#(codec)","sample_rate":16000}"#))
        }
    }

    @Test(arguments: [
        ("OPUS", "8000"), ("PCMU", "16000"), ("PCMA", "24000"), ("L16", "22050"),
    ])
    func codecsAndRatesThatDoNotGoTogetherAreRefused(codec: String, rate: String) {
        #expect(throws: DialectError.self) {
            try DialectCall(
                .telnyx,
                ["bidirectional_codec": .text(codec), "bidirectional_sampling_rate": .text(rate)]
            )
        }
    }

    @Test func customParametersComeAsAListToo() throws {
        var call = try DialectCall(.telnyx)
        let list = #","custom_parameters":[{"name":"lang","value":"hi"},{"name":"n","value":3},{"value":"x"},7]"#
        let start = try call.start(Self.start("{}", list + #","tags":["a","b"],"client_state":"eA==""#))
        #expect(
            start?.parameters == ["lang": "hi", "n": "3", "tags": #"["a","b"]"#, "client_state": "eA=="]
        )
    }

    @Test func whatTheWireDoesNotCarryIsRefused() throws {
        var call = try DialectCall(.telnyx)
        let keys = try #require(DTMFString("1"))
        #expect(throws: DialectError.digitsNotCarried) { try call.messages(.digits(keys)) }
        #expect(throws: DialectError.notCarried(.bot)) { try call.messages(.transfer(.bot(url: "wss://a"))) }
        #expect(throws: DialectError.badMark("must have 1 to 256 bytes")) { try call.messages(.mark("")) }
        #expect(try call.event(#"{"event":"error"}"#) == .ignored(.incomplete("error")))
    }
}

// SPDX-License-Identifier: Apache-2.0

import CallModel
import Dialects
import Testing

/// Messages typed from Twilio's documents, in both directions.
@Suite struct TwilioGoldenTests {
    static let start =
        #"{"event":"start","sequenceNumber":"1","streamSid":"MZ00aa","start":{"streamSid":"MZ00aa","accountSid":"AC00bb","callSid":"CA00cc","tracks":["inbound"],"customParameters":{"from":"+15550100"},"mediaFormat":{"encoding":"audio/x-mulaw","sampleRate":8000,"channels":1}}}"#

    @Test func aCallIsReadFromConnectedToStop() throws {
        var call = try DialectCall(.twilio)
        #expect(try call.event(#"{"event":"connected","protocol":"Call","version":"1.0.0"}"#) == .connected)
        let start = CallStart(
            callID: CallID("CA00cc"),
            streamID: "MZ00aa",
            platform: "twilio",
            from: "+15550100",
            format: .muLaw8kHz,
            parameters: ["from": "+15550100", "account_sid": "AC00bb"]
        )
        #expect(try call.event(Self.start) == .start(start))
        #expect(
            try call.event(
                #"{"event":"media","sequenceNumber":"2","streamSid":"MZ00aa","media":{"track":"inbound","chunk":"1","timestamp":"20","payload":"/////w=="}}"#
            ) == .media(MediaHeader(sequenceNumber: 2, timestamp: 20))
        )
        #expect(call.media == [0xFF, 0xFF, 0xFF, 0xFF])
        let three = try #require(DTMFDigit("3"))
        #expect(
            try call.event(
                #"{"event":"dtmf","sequenceNumber":"77","streamSid":"MZ00aa","dtmf":{"track":"inbound_track","digit":"3"}}"#
            ) == .digit(three, duration: nil)
        )
        #expect(
            try call.event(#"{"event":"mark","sequenceNumber":"80","streamSid":"MZ00aa","mark":{"name":"p7"}}"#)
                == .mark("p7")
        )
        #expect(
            try call.event(
                #"{"event":"stop","sequenceNumber":"90","streamSid":"MZ00aa","stop":{"accountSid":"AC00bb","callSid":"CA00cc"}}"#
            ) == .stop(reason: nil)
        )
    }

    @Test func ourMessagesAreWrittenByteForByte() throws {
        var call = try DialectCall(.twilio)
        _ = try call.event(Self.start)
        #expect(
            call.audio([0xFF, 0xFF, 0xFF, 0xFF])
                == #"{"event":"media","streamSid":"MZ00aa","media":{"payload":"/////w=="}}"#
        )
        #expect(try call.messages(.mark("p7")) == [#"{"event":"mark","streamSid":"MZ00aa","mark":{"name":"p7"}}"#])
        #expect(try call.messages(.clear) == [#"{"event":"clear","streamSid":"MZ00aa"}"#])
        #expect(try call.messages(.hangUp(reason: nil)).isEmpty)
        #expect(try call.messages(.utteranceEnd).isEmpty)
    }
}

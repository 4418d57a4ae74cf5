// SPDX-License-Identifier: Apache-2.0

import CallModel
import Dialects
import Testing

/// Messages typed from Telnyx's documents, in both directions.
@Suite struct TelnyxGoldenTests {
    static let start =
        #"{"event":"start","sequence_number":"1","stream_id":"f00d","start":{"user_id":"u1","call_control_id":"v3:abc","call_session_id":"cs1","from":"+15550100","to":"+15550101","client_state":"","custom_parameters":{"lang":"en"},"media_format":{"encoding":"PCMU","sample_rate":8000,"channels":1}}}"#

    @Test func aCallIsReadFromConnectedToStop() throws {
        var call = try DialectCall(.telnyx)
        #expect(try call.event(#"{"event":"connected","version":"1.0.0"}"#) == .connected)
        let start = CallStart(
            callID: CallID("v3:abc"),
            streamID: "f00d",
            platform: "telnyx",
            from: "+15550100",
            to: "+15550101",
            format: .muLaw8kHz,
            parameters: ["lang": "en", "user_id": "u1", "call_session_id": "cs1"]
        )
        #expect(try call.event(Self.start) == .start(start))
        #expect(
            try call.event(
                #"{"event":"media","sequence_number":"4","stream_id":"f00d","media":{"track":"inbound","chunk":"2","timestamp":"40","payload":"/////w=="}}"#
            ) == .media(MediaHeader(sequenceNumber: 4, timestamp: 40))
        )
        #expect(call.media == [0xFF, 0xFF, 0xFF, 0xFF])
        let five = try #require(DTMFDigit("5"))
        #expect(
            try call.event(
                #"{"event":"dtmf","stream_id":"f00d","occurred_at":"2026-01-01T00:00:00Z","sequence_number":"5","dtmf":{"digit":"5"}}"#
            ) == .digit(five, duration: nil)
        )
        #expect(try call.event(#"{"event":"mark","stream_id":"f00d","mark":{"name":"p2"}}"#) == .mark("p2"))
        #expect(
            try call.event(
                #"{"event":"error","stream_id":"f00d","payload":{"code":100003,"title":"malformed_frame","detail":"The frame is bad."}}"#
            ) == .ignored(.complaint("100003 malformed_frame The frame is bad."))
        )
        #expect(
            try call.event(
                #"{"event":"stop","sequence_number":"9","stream_id":"f00d","stop":{"user_id":"u1","call_control_id":"v3:abc"}}"#
            ) == .stop(reason: nil)
        )
    }

    @Test func ourMessagesAreWrittenByteForByte() throws {
        var call = try DialectCall(.telnyx)
        _ = try call.event(Self.start)
        #expect(call.audio([0xFF, 0xFF, 0xFF, 0xFF]) == #"{"event":"media","media":{"payload":"/////w=="}}"#)
        #expect(try call.messages(.mark("p2")) == [#"{"event":"mark","mark":{"name":"p2"}}"#])
        #expect(try call.messages(.clear) == [#"{"event":"clear"}"#])
        #expect(try call.messages(.hangUp(reason: nil)).isEmpty)
        #expect(try call.messages(.utteranceEnd).isEmpty)
    }
}

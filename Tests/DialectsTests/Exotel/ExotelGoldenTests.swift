// SPDX-License-Identifier: Apache-2.0

import CallModel
import Dialects
import Testing

/// Messages typed from Exotel's documents, in both directions.
@Suite struct ExotelGoldenTests {
    static let start =
        #"{"event":"start","sequence_number":"1","stream_sid":"st-01","start":{"stream_sid":"st-01","call_sid":"ca-01","account_sid":"demo1","from":"+919800000001","to":"+918000000002","custom_parameters":{"lang":"hi"},"media_format":{"encoding":"audio/x-raw","sample_rate":"8000","bit_rate":"16"}}}"#

    @Test func aCallIsReadFromConnectedToStop() throws {
        var call = try DialectCall(.exotel)
        #expect(try call.event(#"{"event":"connected"}"#) == .connected)
        let start = CallStart(
            callID: CallID("ca-01"),
            streamID: "st-01",
            platform: "exotel",
            from: "+919800000001",
            to: "+918000000002",
            format: .linear8kHz,
            parameters: ["lang": "hi", "account_sid": "demo1"]
        )
        #expect(try call.event(Self.start) == .start(start))
        #expect(
            try call.event(
                #"{"event":"media","sequence_number":"2","stream_sid":"st-01","media":{"chunk":"1","timestamp":"100","payload":"AAAAAA=="}}"#
            ) == .media(MediaHeader(sequenceNumber: 2, timestamp: 100))
        )
        #expect(call.media == [0, 0, 0, 0])
        let two = try #require(DTMFDigit("2"))
        #expect(
            try call.event(
                #"{"event":"dtmf","sequence_number":"9","stream_sid":"st-01","dtmf":{"digit":"2","duration":"140"}}"#
            ) == .digit(two, duration: .milliseconds(140))
        )
        #expect(
            try call.event(#"{"event":"mark","sequence_number":"10","stream_sid":"st-01","mark":{"name":"p3"}}"#)
                == .mark("p3")
        )
        #expect(try call.event(#"{"event":"clear","stream_sid":"st-01"}"#) == .cleared)
        #expect(
            try call.event(
                #"{"event":"stop","sequence_number":"40","stream_sid":"st-01","stop":{"call_sid":"ca-01","account_sid":"demo1","reason":"callended"}}"#
            ) == .stop(reason: "callended")
        )
    }

    @Test func ourMessagesAreWrittenByteForByte() throws {
        var call = try DialectCall(.exotel)
        _ = try call.event(Self.start)
        #expect(try call.messages(.mark("p3")) == [#"{"event":"mark","stream_sid":"st-01","mark":{"name":"p3"}}"#])
        #expect(try call.messages(.clear) == [#"{"event":"clear","stream_sid":"st-01"}"#])
        #expect(try call.messages(.hangUp(reason: "bye")).isEmpty)
        #expect(try call.messages(.utteranceEnd).isEmpty)
    }

    /// The twelfth message of 100 ms is the one that the document shows.
    @Test func audioIsNumberedAsTheDocumentShows() throws {
        var call = try DialectCall(.exotel)
        _ = try call.event(Self.start)
        for _ in 1...11 { #expect(call.audio([UInt8](repeating: 0, count: 1_600)) != nil) }
        let silence = [UInt8](repeating: 0, count: 1_600)
        let payload = String(repeating: "A", count: 2_134) + "=="
        #expect(
            call.audio(silence)
                == #"{"event":"media","stream_sid":"st-01","sequence_number":"12","media":{"chunk":"12","timestamp":"1200","payload":""#
                + payload + #""}}"#
        )
    }

    @Test func audioGoesWithoutNumbersWhereTheRouteSaysSo() throws {
        var call = try DialectCall(.exotel, ["numbered_audio": .flag(false)])
        #expect(call.audio([0, 0]) == nil)
        _ = try call.event(Self.start)
        #expect(
            call.audio([0, 0, 0, 0]) == #"{"event":"media","stream_sid":"st-01","media":{"payload":"AAAAAA=="}}"#
        )
    }
}

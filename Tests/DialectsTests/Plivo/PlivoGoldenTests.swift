// SPDX-License-Identifier: Apache-2.0

import CallModel
import Dialects
import Testing

/// Messages typed from Plivo's documents, in both directions.
@Suite struct PlivoGoldenTests {
    static let start =
        #"{"sequenceNumber":0,"event":"start","start":{"callId":"c-11","streamId":"s-11","accountId":"77","tracks":["inbound"],"mediaFormat":{"encoding":"audio/x-mulaw","sampleRate":8000}},"extra_headers":"from=919800000001;lang=en"}"#

    @Test func aCallIsReadFromStartToStop() throws {
        var call = try DialectCall(.plivo)
        let start = CallStart(
            callID: CallID("c-11"),
            streamID: "s-11",
            platform: "plivo",
            from: "919800000001",
            format: .muLaw8kHz,
            parameters: ["from": "919800000001", "lang": "en", "account_id": "77"]
        )
        #expect(try call.event(Self.start) == .start(start))
        #expect(
            try call.event(
                #"{"sequenceNumber":1,"streamId":"s-11","event":"media","media":{"track":"inbound","timestamp":"1790000000123","chunk":1,"payload":"/////w=="},"extra_headers":""}"#
            ) == .media(MediaHeader(sequenceNumber: 1, timestamp: 0))
        )
        #expect(call.media == [0xFF, 0xFF, 0xFF, 0xFF])
        #expect(
            try call.event(
                #"{"sequenceNumber":2,"streamId":"s-11","event":"media","media":{"track":"inbound","timestamp":"1790000000143","chunk":2,"payload":"/w=="}}"#
            ) == .media(MediaHeader(sequenceNumber: 2, timestamp: 20))
        )
        let one = try #require(DTMFDigit("1"))
        #expect(
            try call.event(
                #"{"event":"dtmf","streamId":"s-11","sequenceNumber":9,"dtmf":{"track":"inbound","digit":"1","timestamp":"1790000000500"}}"#
            ) == .digit(one, duration: nil)
        )
        #expect(try call.event(#"{"event":"playedStream","streamId":"s-11","name":"p4"}"#) == .mark("p4"))
        #expect(try call.event(#"{"event":"played","streamId":"s-11","name":"p5"}"#) == .mark("p5"))
        #expect(try call.event(#"{"event":"clearedAudio","streamId":"s-11"}"#) == .ignored(.acknowledgement))
        #expect(try call.event(#"{"event":"stop","streamId":"s-11"}"#) == .stop(reason: nil))
    }

    @Test func ourMessagesAreWrittenByteForByte() throws {
        var call = try DialectCall(.plivo)
        _ = try call.event(Self.start)
        #expect(
            call.audio([0xFF, 0xFF, 0xFF, 0xFF])
                == #"{"event":"playAudio","media":{"contentType":"audio/x-mulaw","sampleRate":8000,"payload":"/////w=="}}"#
        )
        #expect(try call.messages(.mark("p4")) == [#"{"event":"checkpoint","streamId":"s-11","name":"p4"}"#])
        #expect(try call.messages(.clear) == [#"{"event":"clearAudio","streamId":"s-11"}"#])
        let keys = try #require(DTMFString("12#"))
        #expect(try call.messages(.digits(keys)) == [#"{"event":"sendDTMF","dtmf":"12#"}"#])
        #expect(try call.messages(.hangUp(reason: nil)).isEmpty)
        #expect(try call.messages(.utteranceEnd).isEmpty)
    }

    @Test func vobizTakesAStop() throws {
        var call = try DialectCall(.plivo, ["variant": .text("vobiz")])
        #expect(call.dialect.capabilities.hangUp)
        #expect(throws: DialectError.notStarted) { try call.messages(.hangUp(reason: nil)) }
        _ = try call.event(Self.start)
        #expect(try call.messages(.hangUp(reason: nil)) == [#"{"event":"stop","streamId":"s-11"}"#])
    }
}

// SPDX-License-Identifier: Apache-2.0

import CallModel
import Dialects
import Testing

/// The platforms that copy Twilio, where they differ from it.
@Suite struct TwilioVariantTests {
    @Test func signalWireAnnouncesLinearAudioAndTakesKeys() throws {
        var call = try DialectCall(.twilio, ["variant": .text("signalwire")])
        #expect(call.dialect.capabilities.sendDigits)
        #expect(try call.event(#"{"event":"connected","protocol":"Call","version":"0.2.0"}"#) == .connected)
        let keys = try #require(DTMFString("7#"))
        #expect(throws: DialectError.notStarted) { try call.messages(.digits(keys)) }
        let start = try call.start(
            #"{"event":"start","sequenceNumber":"1","streamSid":"st9","start":{"streamSid":"st9","accountSid":"a","callSid":"c","mediaFormat":{"encoding":"audio/x-L16","sampleRate":24000,"channels":1}}}"#
        )
        #expect(start?.format == .linear24kHz)
        let seven = try #require(DTMFDigit("7"))
        #expect(
            try call.event(#"{"event":"dtmf","streamSid":"st9","dtmf":{"digit":"7","duration":160}}"#)
                == .digit(seven, duration: .milliseconds(160))
        )
        #expect(
            try call.messages(.digits(keys)) == [
                #"{"event":"dtmf","streamSid":"st9","dtmf":{"digit":"7"}}"#,
                ##"{"event":"dtmf","streamSid":"st9","dtmf":{"digit":"#"}}"##,
            ]
        )
        #expect(try call.event(#"{"event":"stop","sequenceNumber":"9"}"#) == .stop(reason: nil))
    }

    @Test(arguments: ["smartflo", "acefone"])
    func smartfloTellsTheNumbersAndTakesAnEnd(variant: String) throws {
        var call = try DialectCall(.twilio, ["variant": .text(variant)])
        #expect(call.dialect.capabilities.hangUp)
        #expect(throws: DialectError.notStarted) { try call.messages(.hangUp(reason: nil)) }
        let start = try call.start(
            #"{"event":"start","streamSid":"st1","start":{"streamSid":"st1","accountSid":"a","callSid":"ca1","from":"9810000001","to":"8000000002","direction":"inbound","mediaFormat":{"encoding":"audio/x-mulaw","sampleRate":8000},"customParameters":{"from":"other"}}}"#
        )
        #expect(start?.from == "9810000001")
        #expect(start?.to == "8000000002")
        #expect(start?.direction == .inbound)
        #expect(try call.messages(.hangUp(reason: "bye")) == [#"{"event":"end","streamSid":"st1","call_sid":"ca1"}"#])
        #expect(try call.event(#"{"event":"stop","stop":{"reason":"hangup"}}"#) == .stop(reason: "hangup"))
    }

    @Test func whatTwilioDoesNotCarryIsRefused() throws {
        var call = try DialectCall(.twilio)
        #expect(call.audio([0xFF]) == nil)
        #expect(throws: DialectError.notStarted) { try call.messages(.clear) }
        _ = try call.event(TwilioGoldenTests.start)
        let keys = try #require(DTMFString("7"))
        #expect(throws: DialectError.digitsNotCarried) { try call.messages(.digits(keys)) }
        #expect(throws: DialectError.notCarried(.sip)) { try call.messages(.transfer(.sip(uri: "sip:a@b"))) }
        #expect(throws: DialectError.badMark("must have 1 to 256 bytes")) {
            try call.messages(.mark(String(repeating: "x", count: 257)))
        }
        #expect(throws: DialectError.self) { try DialectCall(.twilio, ["variant": .text("other")]) }
    }

    @Test func theOtherTrackIsNotTheCaller() throws {
        var call = try DialectCall(.twilio)
        let media = #"{"event":"media","streamSid":"s","media":{"track":"outbound","payload":"/w=="}}"#
        #expect(try call.event(media) == .ignored(.outboundTrack))
        #expect(try call.dialect.event(binary: [1, 2]) == .ignored(.unknownName("binary")))
    }
}

// SPDX-License-Identifier: Apache-2.0

import CallModel
import Dialects
import Testing

/// What Plivo's documents leave open or say in several ways.
@Suite struct PlivoRuleTests {
    private static func start(_ format: String, _ headers: String = #""""#) -> String {
        #"{"event":"start","start":{"callId":"c","streamId":"s","mediaFormat":"# + format + #"},"extra_headers":"#
            + headers + "}"
    }

    @Test(arguments: [
        (#"{"encoding":"audio/x-l16","sampleRate":16000}"#, AudioFormat.linear16kHz, "audio/x-l16"),
        (#"{"encoding":"audio/x-l16","sampleRate":"8000"}"#, .linear8kHz, "audio/x-l16"),
        (#"{"encoding":"audio/x-l16;rate=16000"}"#, .linear16kHz, "audio/x-l16"),
        (#"{"encoding":"audio/x-mulaw","sampleRate":"8000"}"#, .muLaw8kHz, "audio/x-mulaw"),
        ("{}", .muLaw8kHz, "audio/x-mulaw"),
    ])
    func ourAudioNamesTheFormatOfStart(format: String, expected: AudioFormat, type: String) throws {
        var call = try DialectCall(.plivo)
        #expect(call.audio([0, 0]) == nil)
        #expect(try call.start(Self.start(format))?.format == expected)
        #expect(
            call.audio([0, 0, 0])
                == #"{"event":"playAudio","media":{"contentType":""# + type + #"","sampleRate":\#(expected.sampleRate)"#
                + #","payload":"AAAA"}}"#
        )
    }

    @Test(arguments: [
        (#""a=1;b=2""#, ["a": "1", "b": "2"]), (#""a=1,b=x=y""#, ["a": "1", "b": "x=y"]), (#""{}""#, [:]),
        (#""; a=1;=2;b""#, ["a": "1"]), (#"{"a":"1"}"#, ["a": "1"]), ("null", [:]),
    ])
    func extraHeadersAreParameters(headers: String, parameters: [String: String]) throws {
        var call = try DialectCall(.plivo)
        #expect(try call.start(Self.start("{}", headers))?.parameters == parameters)
    }

    @Test func whatTheWireDoesNotCarryIsRefused() throws {
        var call = try DialectCall(.plivo)
        #expect(throws: DialectError.notStarted) { try call.messages(.clear) }
        #expect(throws: DialectError.notStarted) { try call.messages(.mark("p")) }
        #expect(throws: DialectError.badMark("must have 1 to 256 bytes")) { try call.messages(.mark("")) }
        #expect(throws: DialectError.notCarried(.phone)) { try call.messages(.transfer(.phone("1"))) }
        #expect(throws: DialectError.self) { try DialectCall(.plivo, ["variant": .text("twilio")]) }
    }
}

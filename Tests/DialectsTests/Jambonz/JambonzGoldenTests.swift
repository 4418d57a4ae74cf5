// SPDX-License-Identifier: Apache-2.0

import CallModel
import Dialects
import Testing

/// Messages typed from the platform's document, in both directions.
@Suite struct JambonzGoldenTests {
    static let start =
        #"{"callSid":"c-9","applicationSid":"a-1","accountSid":"b-2","direction":"inbound","from":"15550100","to":"15550101","callerName":"","callId":"sip-7","callStatus":"in-progress","sampleRate":16000,"mixType":"mono","metadata":{"tier":"gold","lang":"hi-IN"}}"#

    @Test func aCallIsReadFromItsFirstMessageOn() throws {
        var call = try DialectCall(.jambonz)
        let start = CallStart(
            callID: CallID("c-9"),
            streamID: "local-00000000000000010000000000000002",
            hasMadeUpID: true,
            platform: "jambonz",
            from: "15550100",
            to: "15550101",
            direction: .inbound,
            format: .linear16kHz,
            parameters: [
                "tier": "gold", "lang": "hi-IN", "applicationSid": "a-1", "accountSid": "b-2", "callerName": "",
                "callId": "sip-7", "callStatus": "in-progress",
            ]
        )
        #expect(try call.event(Self.start) == .start(start))
        #expect(try call.event(binary: [1, 2, 3, 4]) == .media(MediaHeader()))
        #expect(call.media == [1, 2, 3, 4])
        let two = try #require(DTMFDigit("2"))
        #expect(
            try call.event(#"{"event":"dtmf","dtmf":"2","duration":"1600"}"#)
                == .digit(two, duration: .milliseconds(200))
        )
        #expect(try call.event(#"{"type":"mark","data":{"name":"p1","event":"playout"}}"#) == .mark("p1"))
        #expect(try call.event(#"{"type":"mark","data":{"name":"p2","event":"cleared"}}"#) == .mark("p2"))
        #expect(try call.event(#"{"type":"playDone"}"#) == .ignored(.acknowledgement))
    }

    static let oddMessages: [(String, CallEvent)] = [
        ("{}", .ignored(.unknownName(""))), (#"{"event":"dtmf"}"#, .ignored(.incomplete("dtmf"))),
        (#"{"type":"mark","data":{}}"#, .ignored(.incomplete("mark"))),
        (#"{"type":"other"}"#, .ignored(.unknownName("other"))),
    ]

    @Test(arguments: oddMessages)
    func whatMeansNothingIsNoError(message: String, event: CallEvent) throws {
        var call = try DialectCall(.jambonz)
        #expect(try call.event(message) == event)
    }

    /// The session refuses it, as on every platform.
    @Test func aSecondFirstMessageIsASecondStart() throws {
        var call = try DialectCall(.jambonz)
        #expect(try call.start(Self.start) != nil)
        #expect(try call.start(Self.start) != nil)
        #expect(try call.event("{}") == .ignored(.unknownName("")))
    }

    @Test func ofTwoChannelsTheFirstIsKept() throws {
        var call = try DialectCall(.jambonz)
        #expect(try call.start(#"{"callSid":"c","sampleRate":8000,"mixType":"stereo"}"#)?.format == .linear8kHz)
        #expect(try call.event(binary: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]) == .media(MediaHeader()))
        #expect(call.media == [1, 2, 5, 6])
        var mixed = try DialectCall(.jambonz)
        _ = try mixed.event(#"{"callSid":"c","sampleRate":8000,"mixType":"mixed"}"#)
        _ = try mixed.event(binary: [1, 2, 3, 4])
        #expect(mixed.media == [1, 2, 3, 4])
    }

    @Test(arguments: [
        ("sampleRate", "64000", #"{"callSid":"c","sampleRate":64000}"#),
        ("sampleRate", "11025", #"{"callSid":"c","sampleRate":11025}"#),
        ("mixType", "surround", #"{"callSid":"c","mixType":"surround"}"#),
    ])
    func otherAudioEndsTheCall(field: String, value: String, message: String) throws {
        var call = try DialectCall(.jambonz)
        #expect(throws: DialectError.unsupportedFormat(field: field, value: value)) { try call.event(message) }
    }

    @Test func ourRateMayBeAnother() throws {
        var call = try DialectCall(.jambonz, ["outbound_sample_rate": .integer(24_000)])
        let start = try call.start(Self.start)
        #expect(start?.format == .linear16kHz)
        #expect(start?.outboundFormat == .linear24kHz)
        #expect(throws: DialectError.self) {
            try DialectCall(.jambonz, ["outbound_sample_rate": .integer(44_100)])
        }
    }

    @Test func commandsAreWrittenByteForByte() throws {
        var call = try DialectCall(.jambonz)
        #expect(try call.messages(.clear) == [#"{"type":"killAudio"}"#, #"{"type":"clearMarks"}"#])
        #expect(try call.messages(.mark("p1")) == [#"{"type":"mark","data":{"name":"p1"}}"#])
        #expect(try call.messages(.hangUp(reason: "bye")) == [#"{"type":"disconnect"}"#])
        #expect(try call.messages(.utteranceEnd) == [])
    }

    @Test func audioGoesBare() throws {
        var call = try DialectCall(.jambonz)
        let (kind, message) = call.message(of: [1, 2, 3, 4])
        #expect(kind == .binary)
        #expect(message == [1, 2, 3, 4])
        let framing = try #require(call.dialect.framing(for: .linear16kHz))
        #expect(framing.bytesPerFrame == 640)
        #expect(framing.multipleOfBytes == 2)
    }
}

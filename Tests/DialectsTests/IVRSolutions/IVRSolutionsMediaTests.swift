// SPDX-License-Identifier: Apache-2.0

import CallModel
import Dialects
import TestSupport
import Testing

@Suite struct IVRSolutionsMediaTests {
    @Test(arguments: [
        #"{"event":"media","media":{"payload":"AQIDBA=="}}"#, #"{"event":"media","payload":"AQIDBA=="}"#,
        #"{"event":"audio","audio":"AQIDBA=="}"#,
        #"{"type":"audio","data":"AQIDBA=="}"#,
        #"{"type":"audio","delta":"AQIDBA=="}"#,
        #"{"type":"input_audio_buffer.append","audio":"AQIDBA=="}"#,
        #"{"type":"INPUT_AUDIO_BUFFER.APPEND","audio":"AQIDBA=="}"#,
        #"{"event":"media","media":{"audio":"AQIDBA=="}}"#,
        #"{"event":"media","media":{"data":"AQIDBA=="}}"#,
        #"{"event":"media","media":{"payload":"AQIDBA=="},"payload":"BBBB"}"#,
        #"{"event":"media","media":{"payload":null},"payload":"AQIDBA=="}"#,
        #"{"event":"media","media":{"track":"inbound","payload":"AQIDBA=="}}"#,
        #"{"media":{"payload":"AQIDBA==","chunk":"1"},"event":"media"}"#,
        #"{"payload":"AQIDBA==","event":"media"}"#,
        #"{"event":"media","media":{"payload":"AQIDBA"}}"#,
        #"{"event":"media","media":{"payload":" AQID\r\nBA==\n"}}"#,
        #"{"event":"media","media":{"payload":"AQ\u0049DBA\u003d="}}"#,
        #"{"event":"media","media":{"payload":"BBBB","payload":"AQIDBA=="}}"#,
    ])
    func theSameAudioComesInManyShapes(text: String) throws {
        var call = Reading()
        #expect(try call.event(text) == .media(MediaHeader()))
        #expect(call.media == [1, 2, 3, 4])
    }

    /// Some JSON writers escape every slash, and a payload of µ-law silence is all slashes.
    @Test func escapedSlashesAreAudioToo() throws {
        var call = Reading()
        _ = try call.event(#"{"event":"media","media":{"payload":"\/\/\/\/\/w=="}}"#)
        #expect(call.media == [0xFF, 0xFF, 0xFF, 0xFF])
        _ = try call.event(#"{"event":"media","media":{"payload":"\/w=="}}"#)
        #expect(call.media == [0xFF])
    }

    @Test func theURLSafeAlphabetIsTaken() throws {
        var call = Reading()
        _ = try call.event(#"{"event":"media","media":{"payload":"-_-_"}}"#)
        #expect(call.media == [0xFB, 0xFF, 0xBF])
    }

    @Test func anOddByteIsLeftToTheCaller() throws {
        var call = Reading()
        _ = try call.event(#"{"event":"media","media":{"payload":"AQID"}}"#)
        #expect(call.media == [1, 2, 3])
    }

    @Test func anEmptyPayloadIsAudioOfNoLength() throws {
        var call = Reading()
        _ = try call.event(#"{"event":"media","payload":"AQID"}"#)
        #expect(try call.event(#"{"event":"media","media":{"payload":""}}"#) == .media(MediaHeader()))
        #expect(call.media.isEmpty)
    }

    /// A WAV header in caller audio is not looked for: on this wire it would be samples.
    @Test func aWAVHeaderIsNotLookedFor() throws {
        var call = Reading()
        _ = try call.event(#"{"event":"media","media":{"payload":"UklGRg=="}}"#)
        #expect(call.media == Array("RIFF".utf8))
    }

    @Test(
        arguments: [
            (#"{"event":"media","sequence_number":2,"media":{"timestamp":"20","payload":""}}"#, 2, 20),
            (#"{"event":"media","sequenceNumber":"2","media":{"timestamp":20,"payload":""}}"#, 2, 20),
            (#"{"event":"media","media":{"sequence_number":"3","payload":""},"timestamp":"40"}"#, 3, 40),
            (#"{"event":"media","media":{"timestamp":"20.5","payload":""}}"#, nil, 20),
            (#"{"event":"media","sequence_number":"x","media":{"timestamp":"","payload":""}}"#, nil, nil),
            (#"{"event":"media","sequence_number":null,"media":{"timestamp":true,"payload":""}}"#, nil, nil),
            (#"{"event":"media","sequence_number":99999999999999999999,"media":{"payload":""}}"#, nil, nil),
            (#"{"event":"media","sequence_number":-1,"media":{"payload":""}}"#, -1, nil),
        ] as [(String, Int?, Int64?)]
    )
    func numbersComeAsNumbersOrTexts(text: String, sequenceNumber: Int?, timestamp: Int64?) throws {
        var call = Reading()
        let header = MediaHeader(sequenceNumber: sequenceNumber, timestamp: timestamp)
        #expect(try call.event(text) == .media(header))
    }

    @Test(arguments: [
        #"{"event":"media"}"#, #"{"event":"media","media":{}}"#, #"{"event":"media","media":{"payload":5}}"#,
        #"{"event":"media","media":{"payload":null}}"#, #"{"event":"media","media":{"payload":["AQID"]}}"#,
        #"{"event":"media","media":"AQID"}"#,
    ])
    func aMediaMessageWithoutPayloadIsIgnored(text: String) throws {
        var call = Reading()
        #expect(try call.event(text) == .ignored(.incomplete("media")))
    }

    @Test(arguments: [
        #"{"event":"media","media":{"track":"outbound","payload":"AQID"}}"#,
        #"{"event":"media","track":"Outbound","payload":"AQID"}"#,
    ])
    func ourOwnAudioIsIgnored(text: String) throws {
        var call = Reading()
        #expect(try call.event(text) == .ignored(.outboundTrack))
    }

    @Test(arguments: ["*", "A", "AA=", "AAAA=", "AAAA====", "QUJD!", "QUJD\\u0000", "data:audio/wav;base64,AAAA"])
    func badBase64CostsTheMessage(payload: String) {
        var call = Reading()
        do {
            _ = try call.dialect.event(#"{"event":"media","media":{"payload":"\#(payload)"}}"#)
            Issue.record("took \(payload)")
        } catch {
            #expect(error.shortDescription == "bad_base64")
            #expect(!error.countsAsNotJSON)
            #expect(!error.closesCall)
        }
        #expect(call.media.isEmpty)
    }

    @Test func aBinaryMessageIsAudio() {
        var call = Reading()
        #expect(call.dialect.event(binary: [1, 2, 3]) == .media(MediaHeader()))
        #expect(call.media == [1, 2, 3])
        #expect(call.dialect.event(binary: []) == .media(MediaHeader()))
        #expect(call.media.isEmpty)
    }

    @Test func aShapeOfTheCustomersOwn() throws {
        var settings = IVRSolutionsSettings()
        settings.inputAudioPath = ["data", "audio", "chunk"]
        var call = Reading(settings)
        for text in [
            #"{"data":{"audio":{"chunk":"AQID"}}}"#,
            #"{"type":"realtime_input","data":{"audio":{"chunk":"AQID"}}}"#,
            #"{"type":"audio","data":{"audio":{"chunk":"AQID"}}}"#,
            #"{"event":"media","media":{"payload":"AQID"}}"#,
        ] {
            #expect(try call.event(text) == .media(MediaHeader()))
            #expect(call.media == [1, 2, 3])
        }
        #expect(try call.event(#"{"event":"stop","data":{"audio":{"chunk":"AQID"}}}"#) == .stop(reason: nil))
        #expect(try call.event(#"{"data":{"audio":{"chunk":5}}}"#) == .ignored(.unknownName("")))
        #expect(try call.event(#"{"type":"x","data":{"audio":"AQID"}}"#) == .ignored(.unknownName("x")))
    }

    /// Any length of payload, each an odd number of characters away from the eight that are read at once.
    @Test func everyLengthOfAudioComesThrough() throws {
        var call = Reading()
        for length in 0...330 {
            let bytes = (0..<length).map { UInt8(truncatingIfNeeded: $0 &* 37) }
            _ = try call.event(#"{"event":"media","media":{"chunk":1,"payload":"\#(PlainBase64.encode(bytes))"}}"#)
            #expect(call.media == bytes)
        }
    }
}

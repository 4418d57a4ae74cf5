// SPDX-License-Identifier: Apache-2.0

import CallModel
import Dialects
import Testing

/// Messages typed from Asterisk's document, in both directions and both spellings.
@Suite struct AsteriskGoldenTests {
    static let json =
        #"{"event":"MEDIA_START","connection_id":"x1","channel":"WebSocket/x1/0","channel_id":"1790.1","format":"slin16","optimal_frame_size":640,"ptime":20,"channel_variables":{}}"#
    static let words =
        "MEDIA_START connection_id:x1 channel:WebSocket/x1/0 channel_id:1790.1 format:slin16 optimal_frame_size:640 "
        + "ptime:20"

    static let allWords = [words, "MEDIA_MARK_PROCESSED correlation_id:p1", "DTMF_END digit:5", "MEDIA_XOFF"]

    @Test(arguments: [json, words])
    func aStartIsRead(message: String) throws {
        var call = try DialectCall(.asterisk)
        let start = CallStart(
            callID: CallID("1790.1"),
            streamID: "x1",
            platform: "asterisk",
            format: .linear16kHz,
            parameters: ["channel": "WebSocket/x1/0", "channel_id": "1790.1", "connection_id": "x1"]
        )
        #expect(try call.event(message) == .start(start))
        #expect(call.replies() == [])
    }

    @Test func theOldestStartIsRead() throws {
        var call = try DialectCall(.asterisk)
        let start = try call.start(
            "MEDIA_START connection_id:e226e283-c90a-4ea9-9e37-389000b9ef47 channel:WebSocket/connectionid "
                + "format:ulaw optimal_frame_size:160"
        )
        #expect(start?.streamID == "e226e283-c90a-4ea9-9e37-389000b9ef47")
        #expect(start?.callID.rawValue == "e226e283-c90a-4ea9-9e37-389000b9ef47")
        #expect(start?.format == .muLaw8kHz)
        #expect(call.dialect.framing(for: .muLaw8kHz)?.bytesPerFrame == 160)
    }

    static let events: [(String, CallEvent)] = [
        (#"{"event":"MEDIA_MARK_PROCESSED","channel_id":"1790.1","correlation_id":"p1"}"#, .mark("p1")),
        ("MEDIA_MARK_PROCESSED p1", .mark("p1")),
        ("MEDIA_MARK_PROCESSED correlation_id:p1", .mark("p1")),
        (#"{"event":"MEDIA_XOFF","channel_id":"1790.1"}"#, .held(true)),
        ("MEDIA_XOFF", .held(true)),
        (#"{"event":"MEDIA_XON","channel_id":"1790.1"}"#, .held(false)),
        ("MEDIA_XON", .held(false)),
        ("QUEUE_DRAINED", .ignored(.acknowledgement)),
        ("MEDIA_BUFFERING_COMPLETED 61ea9311", .ignored(.acknowledgement)),
        (
            "STATUS queue_length:43 xon_level:800 xoff_level:900 queue_full:false bulk_media:true media_paused:false",
            .ignored(.acknowledgement)
        ),
        ("media_xoff", .ignored(.unknownName("media_xoff"))), ("", .ignored(.unknownName(""))),
        ("[1]", .ignored(.unknownName("[1]"))), ("{}", .ignored(.unknownName(""))),
        ("MEDIA_MARK_PROCESSED", .ignored(.incomplete("MEDIA_MARK_PROCESSED"))),
        ("DTMF_END digit:", .ignored(.incomplete("DTMF_END"))),
    ]

    @Test(arguments: events)
    func anEventIsRead(message: String, event: CallEvent) throws {
        var call = try DialectCall(.asterisk)
        #expect(try call.event(message) == event)
    }

    @Test(arguments: ["DTMF_END digit:#", ##"{"event":"DTMF_END","channel_id":"1790.1","digit":"#"}"##])
    func aKeyIsRead(message: String) throws {
        var call = try DialectCall(.asterisk)
        let hash = try #require(DTMFDigit("#"))
        #expect(try call.event(message) == .digit(hash, duration: nil))
    }

    @Test func commandsAreJSONAfterAStartInJSON() throws {
        var call = try DialectCall(.asterisk)
        _ = try call.event(Self.json)
        #expect(try call.messages(.mark("p1")) == [#"{"command":"MARK_MEDIA","correlation_id":"p1"}"#])
        #expect(try call.messages(.clear) == [#"{"command":"FLUSH_MEDIA"}"#])
        #expect(try call.messages(.hangUp(reason: "bye")) == [#"{"command":"HANGUP"}"#])
        #expect(try call.messages(.utteranceEnd) == [])
    }

    @Test func commandsAreWordsAfterAStartInWords() throws {
        var call = try DialectCall(.asterisk)
        _ = try call.event(Self.words)
        #expect(try call.messages(.mark("p1")) == ["MARK_MEDIA p1"])
        #expect(try call.messages(.clear) == ["FLUSH_MEDIA"])
        #expect(try call.messages(.hangUp(reason: nil)) == ["HANGUP"])
    }
}

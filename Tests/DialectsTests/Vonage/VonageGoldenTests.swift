// SPDX-License-Identifier: Apache-2.0

import CallModel
import Dialects
import Testing

/// Messages typed from the platform's document, in both directions.
@Suite struct VonageGoldenTests {
    @Test func aCallIsReadFromConnectedOn() throws {
        var call = try DialectCall(.vonage)
        let start = CallStart(
            callID: CallID("k-501"),
            streamID: "local-00000000000000010000000000000002",
            hasMadeUpID: true,
            hasMadeUpCallID: false,
            platform: "vonage",
            from: "15550100",
            format: .linear16kHz,
            parameters: ["call_id": "k-501", "from": "15550100"]
        )
        #expect(
            try call.event(
                #"{"event":"websocket:connected","content-type":"audio/l16;rate=16000","call_id":"k-501","from":"15550100"}"#
            ) == .start(start)
        )
        let frame = [UInt8](repeating: 7, count: 640)
        #expect(try call.event(binary: frame) == .media(MediaHeader()))
        #expect(call.media == frame)
        let five = try #require(DTMFDigit("5"))
        #expect(
            try call.event(#"{"event":"websocket:dtmf","digit":"5","duration":260}"#)
                == .digit(five, duration: .milliseconds(260))
        )
        #expect(try call.event(#"{"event":"websocket:notify","payload":{"name":"p5"}}"#) == .mark("p5"))
    }

    @Test(arguments: [
        ##"{"event":"websocket:dtmf","dtmf":{"digit":"#","duration":80}}"##,
        ##"{"event":"websocket:dtmf","dtmf":"#","duration":80}"##,
    ])
    func keysOfOtherSpellingsAreRead(message: String) throws {
        var call = try DialectCall(.vonage)
        let hash = try #require(DTMFDigit("#"))
        #expect(try call.event(message) == .digit(hash, duration: .milliseconds(80)))
    }

    @Test(arguments: [
        ("audio/l16;rate=8000", AudioFormat.linear8kHz), ("audio/l16;rate=16000", .linear16kHz),
        ("audio/l16;rate=24000", .linear24kHz),
    ])
    func eachContentTypeIsTaken(contentType: String, format: AudioFormat) throws {
        var call = try DialectCall(.vonage)
        let start = try call.start(#"{"event":"websocket:connected","content-type":"\#(contentType)"}"#)
        #expect(start?.format == format)
        #expect(start?.outboundFormat == format)
    }

    @Test(arguments: ["audio/l16;rate=44100", "audio/l16;rate=48000", "audio/mulaw;rate=8000", "audio/l16;rate=x"])
    func anotherContentTypeEndsTheCall(contentType: String) throws {
        var call = try DialectCall(.vonage)
        #expect(throws: DialectError.unsupportedFormat(field: "content-type", value: contentType)) {
            try call.event(#"{"event":"websocket:connected","content-type":"\#(contentType)"}"#)
        }
    }

    /// The answer to our clear may come after new audio was sent, which it says nothing about.
    @Test func theAnswerToAClearFlushesNothing() throws {
        var call = try DialectCall(.vonage)
        #expect(try call.event(#"{"event":"websocket:cleared"}"#) == .ignored(.acknowledgement))
    }

    static let oddMessages: [(String, CallEvent)] = [
        (#"{"event":"websocket:dtmf"}"#, .ignored(.incomplete("websocket:dtmf"))),
        (#"{"event":"websocket:dtmf","digit":"55"}"#, .ignored(.incomplete("websocket:dtmf"))),
        (#"{"event":"websocket:notify","payload":"p"}"#, .ignored(.incomplete("websocket:notify"))),
        (#"{"event":"websocket:media:update","active":true}"#, .ignored(.unknownName("websocket:media:update"))),
        (#"{"action":"clear"}"#, .ignored(.unknownName(""))),
    ]

    @Test(arguments: oddMessages)
    func whatMeansNothingIsNoError(message: String, event: CallEvent) throws {
        var call = try DialectCall(.vonage)
        #expect(try call.event(message) == event)
    }

    @Test func commandsAreWrittenByteForByte() throws {
        var call = try DialectCall(.vonage)
        #expect(try call.messages(.clear) == [#"{"action":"clear"}"#])
        #expect(try call.messages(.mark("p5")) == [#"{"action":"notify","payload":{"name":"p5"}}"#])
        #expect(try call.messages(.utteranceEnd) == [])
    }

    @Test func audioGoesBareInFramesOf20Milliseconds() throws {
        var call = try DialectCall(.vonage)
        let (kind, message) = call.message(of: [1, 2, 3, 4])
        #expect(kind == .binary)
        #expect(message == [1, 2, 3, 4])
        for (format, bytes) in [(AudioFormat.linear8kHz, 320), (.linear16kHz, 640), (.linear24kHz, 960)] {
            let framing = try #require(call.dialect.framing(for: format))
            let sizes = [
                framing.bytesPerFrame, framing.minimumBytes, framing.maximumBytes, framing.multipleOfBytes,
            ]
            #expect(sizes == [bytes, bytes, bytes, bytes])
        }
    }
}

// SPDX-License-Identifier: Apache-2.0

import CallModel
import Dialects
import NIOCore
import Testing

/// Messages typed from the platform's document, in both directions.
@Suite struct IVRSolutionsGoldenTests {
    @Test func aCallIsReadFromConnectedToStop() throws {
        var call = Reading()
        #expect(try call.event(#"{"event":"connected"}"#) == .connected)
        let start = CallStart(
            callID: CallID("call_1790000000000_x7k2p9"),
            streamID: "1790000000.41",
            hasMadeUpID: false,
            platform: "ivr-solutions",
            from: "9810000001",
            to: "18000000002",
            direction: nil,
            format: .linear8kHz,
            parameters: [:]
        )
        #expect(
            try call.event(
                #"{"event":"start","sequence_number":1,"stream_sid":"1790000000.41","start":{"stream_sid":"1790000000.41","call_sid":"call_1790000000000_x7k2p9","from":"9810000001","to":"18000000002","media_format":{"encoding":"raw/slin","sample_rate":8000}}}"#
            ) == .start(start)
        )
        #expect(
            try call.event(
                #"{"event":"media","sequence_number":2,"stream_sid":"1790000000.41","media":{"chunk":1,"timestamp":"20","payload":"AAAAAA=="}}"#
            ) == .media(MediaHeader(sequenceNumber: 2, timestamp: 20))
        )
        #expect(call.media == [0, 0, 0, 0])
        let four = try #require(DTMFDigit("4"))
        #expect(
            try call.event(
                #"{"event":"dtmf","sequence_number":90,"stream_sid":"1790000000.41","dtmf":{"digit":"4","duration":"110"}}"#
            ) == .digit(four, duration: .milliseconds(110))
        )
        #expect(
            try call.event(
                #"{"event":"stop","sequence_number":400,"stream_sid":"1790000000.41","stop":{"call_sid":"call_1790000000000_x7k2p9","reason":"callended"}}"#
            ) == .stop(reason: "callended")
        )
    }

    @Test func markAndClearAreRead() throws {
        var call = Reading()
        #expect(
            try call.event(#"{"event":"mark","sequence_number":7,"stream_sid":"1.2","mark":{"name":"p7"}}"#)
                == .mark("p7")
        )
        #expect(try call.event(#"{"event":"clear","stream_sid":"1.2"}"#) == .cleared)
    }

    @Test func theDocumentedTemplateIsRead() throws {
        var call = Reading()
        let start = try #require(
            try call.start(
                #"{"type":"session.start","from":"9810000001","to":"18000000002","sessionId":"1790000000.41"}"#
            )
        )
        #expect(start.streamID == "1790000000.41")
        #expect(start.from == "9810000001")
        #expect(start.to == "18000000002")
        #expect(start.format == .linear8kHz)
        #expect(start.hasMadeUpID)
        #expect(start.callID.rawValue == "local-00000000000000010000000000000002")
    }

    static let commands: [(CallCommand, String)] = [
        (.clear, #"{"type":"audio.clear"}"#),
        (.hangUp(reason: nil), #"{"type":"session.hangup"}"#),
        (.hangUp(reason: "good night"), #"{"type":"session.hangup"}"#),
        (.transfer(.phone("09810000003")), #"{"type":"session.transfer","destination":"09810000003"}"#),
        (
            .transfer(.phones(["09810000003", "+919810000004"], strategy: .simultaneous)),
            #"{"type":"session.transfer","destination":["09810000003","+919810000004"]}"#
        ),
        (
            .transfer(.phones(["09810000003", "+919810000004"], strategy: .sequential)),
            #"{"type":"session.transfer","destination":["09810000003","+919810000004"],"strategy":"sequential"}"#
        ),
        (
            .transfer(.phones(["09810000003"], strategy: .sequential)),
            #"{"type":"session.transfer","destination":"09810000003"}"#
        ),
        (.transfer(.extension("204")), #"{"type":"session.transfer_extension","extension":"204"}"#),
        (.transfer(.flow("billing")), #"{"type":"session.flow_transfer","flow_id":"billing"}"#),
        (
            .transfer(.bot(url: "wss://bot.example.net/v1/other?a=b")),
            #"{"type":"session.transfer_ws","url":"wss://bot.example.net/v1/other?a=b"}"#
        ),
    ]

    @Test(arguments: commands)
    func aCommandIsWrittenByteForByte(command: CallCommand, message: String) throws {
        var buffer = ByteBuffer()
        #expect(try IVRSolutionsDialect().encode(command, into: &buffer) == .text)
        #expect(String(buffer: buffer) == message)
    }

    @Test func keypressesAreWritten() throws {
        var buffer = ByteBuffer()
        let digits = try #require(DTMFString("12#"))
        #expect(try IVRSolutionsDialect().encode(.digits(digits), into: &buffer) == .text)
        #expect(String(buffer: buffer) == #"{"type":"session.dtmf","dtmf":"12#"}"#)
    }

    @Test func audioIsWritten() {
        var buffer = ByteBuffer()
        let silence = [UInt8](repeating: 0, count: 4)
        let dialect = IVRSolutionsDialect()
        #expect(dialect.write(silence, into: &buffer) == .text)
        #expect(String(buffer: buffer) == #"{"type":"response.audio.delta","delta":"AAAAAA=="}"#)
        #expect(dialect.audioMessageLength(payloadBytes: 4) == buffer.readableBytes)
    }

    @Test func aFrameOf20MillisecondsTakes428Characters() {
        let dialect = IVRSolutionsDialect()
        #expect(dialect.framing(for: .linear8kHz).bytesPerFrame == 320)
        let frame = #"{"type":"response.audio.delta","delta":""}"#
        #expect(dialect.audioMessageLength(payloadBytes: 320) == frame.utf8.count + 428)
    }
}

// SPDX-License-Identifier: Apache-2.0

import CallModel
import Dialects
import Testing

/// Messages typed from what the platform's users document, in both directions.
@Suite struct OzonetelGoldenTests {
    static let start = #"{"event":"start","type":"text","ucid":"u1","did":"80000"}"#

    static func media(_ samples: String, rate: Int = 8_000, bits: Int = 16, channels: Int = 1) -> String {
        #"{"event":"media","type":"media","ucid":"u1","data":{"samples":\#(samples),"bitsPerSample":\#(bits),"sampleRate":\#(rate),"channelCount":\#(channels),"numberOfFrames":80,"type":"data"}}"#
    }

    @Test func aCallIsReadFromStartToStop() throws {
        var call = try DialectCall(.ozonetel)
        let start = CallStart(
            callID: CallID("u1"),
            streamID: "u1",
            platform: "ozonetel",
            to: "80000",
            format: .linear8kHz
        )
        #expect(try call.event(Self.start) == .start(start))
        #expect(
            try call.event(
                #"{"event":"media","type":"media","ucid":"u1","data":{"samples":[0,-3,258,32767,-32768],"bitsPerSample":16,"sampleRate":8000,"channelCount":1,"numberOfFrames":5,"type":"data"}}"#
            ) == .media(MediaHeader())
        )
        #expect(call.media == [0, 0, 0xFD, 0xFF, 2, 1, 0xFF, 0x7F, 0, 0x80])
        #expect(try call.event(#"{"event":"stop","type":"text","ucid":"u1","did":"80000"}"#) == .stop(reason: nil))
    }

    @Test func theFirstPacketThatClaimsAnotherRateIsDropped() throws {
        var call = try DialectCall(.ozonetel)
        for message in [Self.media("[1]", rate: 16_000), Self.media("[1]", bits: 8), Self.media("[1]", channels: 2)] {
            #expect(try call.event(message) == .ignored(.incomplete("media")))
        }
        #expect(try call.event(#"{"event":"media","data":{"samples":[1]}}"#) == .media(MediaHeader()))
    }

    @Test(arguments: [
        ("[]", []), ("[ 1 , 2 ]", [1, 0, 2, 0]), ("[40000,-40000]", [0xFF, 0x7F, 0, 0x80]),
        ("[1.9,-1.9]", [1, 0, 255, 255]),
    ])
    func samplesOfAllSpellingsAreRead(samples: String, bytes: [UInt8]) throws {
        var call = try DialectCall(.ozonetel)
        #expect(try call.event(Self.media(samples)) == .media(MediaHeader()))
        #expect(call.media == bytes)
    }

    @Test(arguments: ["[1,null]", #"["1"]"#, "[[1]]", "7", "{}", "[1e3]"])
    func whatHoldsNoSamplesIsDropped(samples: String) throws {
        var call = try DialectCall(.ozonetel)
        #expect(try call.event(Self.media(samples)) == .ignored(.incomplete("media")))
    }

    @Test func commandsAreWrittenByteForByte() throws {
        var call = try DialectCall(.ozonetel)
        #expect(try call.messages(.clear) == [#"{"command":"clearBuffer"}"#])
        #expect(try call.messages(.hangUp(reason: "bye")) == [#"{"command":"callDisconnect"}"#])
        #expect(try call.messages(.utteranceEnd) == [])
    }

    @Test func audioIsWrittenSampleBySample() throws {
        var call = try DialectCall(.ozonetel)
        #expect(call.message(of: [0, 0]).kind == .none)
        _ = try call.event(Self.start)
        let (kind, message) = call.message(of: [0, 0, 0xFD, 0xFF, 2, 1, 0xFF, 0x7F, 0, 0x80, 10, 0, 100, 0, 0xE8, 3])
        #expect(kind == .text)
        #expect(
            String(decoding: message, as: UTF8.self)
                == #"{"event":"media","type":"media","ucid":"u1","data":{"samples":[0,-3,258,32767,-32768,10,100,1000],"bitsPerSample":16,"sampleRate":8000,"channelCount":1,"numberOfFrames":8,"type":"data"}}"#
        )
    }

    @Test func everySampleComesBackAsItWas() throws {
        var call = try DialectCall(.ozonetel)
        _ = try call.event(Self.start)
        for first in stride(from: 0, to: 65_536, by: 80) {
            let bytes = (first..<first + 80).flatMap {
                [UInt8(truncatingIfNeeded: $0), UInt8(truncatingIfNeeded: $0 >> 8)]
            }
            let (_, message) = call.message(of: bytes)
            #expect(message.count <= call.dialect.audioMessageLength(payloadBytes: bytes.count))
            #expect(try call.event(String(decoding: message, as: UTF8.self)) == .media(MediaHeader()))
            #expect(call.media == bytes)
        }
    }

    @Test func piecesAreThoseOfThePlatform() throws {
        let call = try DialectCall(.ozonetel)
        #expect(call.dialect.framing(for: .linear8kHz) == AudioFraming(unit: 160, maximumFrames: 1))
        let longer = try DialectCall(.ozonetel, ["samples_per_message": .integer(160)])
        #expect(longer.dialect.framing(for: .linear8kHz) == AudioFraming(unit: 320, maximumFrames: 1))
        let problem = "is 100 and must be a multiple of 80 from 80 to 1600"
        #expect(throws: DialectError.badOption("samples_per_message", problem: problem)) {
            try DialectCall(.ozonetel, ["samples_per_message": .integer(100)])
        }
    }
}

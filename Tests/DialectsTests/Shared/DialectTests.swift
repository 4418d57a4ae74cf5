// SPDX-License-Identifier: Apache-2.0

import CallModel
import Dialects
import NIOCore
import Testing

/// The one type over all platforms does what the platform's own type does.
@Suite struct DialectTests {
    @Test func namesAndPathsAreThoseOfConfigurations() {
        #expect(DialectName(rawValue: "ivr-solutions") == .ivrSolutions)
        #expect(DialectName(rawValue: "other") == nil)
        for name in DialectName.allCases {
            #expect(name.details.name == name)
            #expect(name.details.defaultPath == "/v1/\(name.rawValue)")
            #expect(!name.details.summary.isEmpty)
            #expect(Set(name.details.options.map(\.name)).count == name.details.options.count)
        }
    }

    @Test func callsAreForwarded() throws {
        var dialect = try Dialect(name: .ivrSolutions, options: BotOptions(["marks": .flag(true)]))
        #expect(dialect.name == .ivrSolutions)
        #expect(dialect.capabilities.marks)
        #expect(dialect.framing(for: .linear8kHz)?.bytesPerFrame == 320)
        let start = #"{"event":"start","stream_sid":"s","call_sid":"c"}"#
        guard case .start(let called) = try dialect.event(start) else {
            Issue.record("no start")
            return
        }
        #expect(called.streamID == "s")
        let media = #"{"event":"media","sequence_number":2,"media":{"payload":"AQID"}}"#
        #expect(try dialect.event(media) == .media(MediaHeader(sequenceNumber: 2)))
        #expect(dialect.media == [1, 2, 3])
        #expect(try dialect.event(binary: [9, 8]) == .media(MediaHeader()))
        #expect(dialect.media == [9, 8])
        var buffer = ByteBuffer()
        #expect(try dialect.encode(.mark("p"), into: &buffer) == .text)
        #expect(try dialect.encode(.utteranceEnd, into: &buffer) == .none)
        #expect(String(buffer: buffer) == #"{"event":"mark","stream_sid":"s","mark":{"name":"p"}}"#)
        buffer.clear()
        #expect(dialect.write([0, 0, 0], into: &buffer) == .text)
        #expect(dialect.audioMessageLength(payloadBytes: 3) == buffer.readableBytes)
    }

    @Test func aDialectGoesOnAfterAFault() throws {
        var dialect = try Dialect(name: .ivrSolutions)
        #expect(throws: DialectError.self) { try dialect.event("nonsense") }
        let format = #"{"event":"start","media_format":{"encoding":"opus"}}"#
        #expect(throws: DialectError.unsupportedFormat(field: "encoding", value: "opus")) {
            try dialect.event(format)
        }
        #expect(try dialect.event(#"{"event":"connected"}"#) == .connected)
    }

    @Test func aBadOptionIsNamed() {
        #expect(
            throws: DialectError.badOption("frame_ms", problem: "is 25 and must be a multiple of 20 from 20 to 200")
        ) {
            try Dialect(name: .ivrSolutions, options: BotOptions(["frame_ms": .integer(25)]))
        }
    }

    @Test(arguments: [
        DialectError.notAnObject, .notStarted, .notCarried(.sip), .digitsNotCarried,
        .badTarget(.bot, problem: "has no host after wss://"),
        .badMark("must have 1 to 256 bytes"), .badOption("frame_ms", problem: "is wrong"),
        .unsupportedFormat(field: "channels", value: "2"), .wrongPlatform(.ivrSolutions, looksLike: .ivrSolutions),
        .brokenProtocol("message 7 came after message 5"),
    ])
    func anErrorIsOneBoundedLine(error: DialectError) {
        #expect(error.description.utf8.count < 300)
        #expect(!error.description.contains("\n"))
        #expect(!error.shortDescription.contains(" "))
        #expect(error.closesCall == (error.closeCode != nil))
    }
}

// SPDX-License-Identifier: Apache-2.0

import CallModel
import Dialects
import Testing

/// What Exotel's documents leave open or say in several ways.
@Suite struct ExotelRuleTests {
    private static func start(_ format: String) -> String {
        #"{"event":"start","stream_sid":"s","start":{"call_sid":"c","account_sid":"a","media_format":"# + format + "}}"
    }

    @Test(arguments: [
        (#"{"encoding":"audio/x-raw","sample_rate":"16000"}"#, AudioFormat.linear16kHz),
        (#"{"encoding":"raw/slin","sample_rate":24000}"#, .linear24kHz),
        (#"{"encoding":"base64","sample_rate":"8000","bit_rate":"128kbps"}"#, .linear8kHz),
        (#"{"encoding":"audio/x-mulaw","sample_rate":"8000"}"#, .muLaw8kHz), ("{}", .linear8kHz),
        (#"{"encoding":"audio/x-l16;rate=16000"}"#, .linear16kHz),
    ])
    func theFormatIsThatOfStart(format: String, expected: AudioFormat) throws {
        var call = try DialectCall(.exotel)
        let start = try call.start(Self.start(format))
        #expect(start?.format == expected)
        #expect(start?.outboundFormat == expected)
    }

    @Test func theRateIsThatOfTheAddressWhereStartSaysNone() throws {
        let handshake = OpeningHandshake(query: "sample-rate=16000&lang=hi")
        var call = try DialectCall(.exotel, handshake: handshake)
        #expect(try call.start(Self.start(#"{"encoding":"audio/x-raw"}"#))?.format == .linear16kHz)
        var other = try DialectCall(.exotel, handshake: handshake)
        let told = Self.start(#"{"encoding":"audio/x-raw","sample_rate":"24000"}"#)
        #expect(try other.start(told)?.format == .linear24kHz)
    }

    @Test(arguments: [
        (AudioFormat.linear8kHz, nil as Int?, AudioFraming(3_200, 3_200)),
        (.linear16kHz, nil, AudioFraming(3_200, 3_200)),
        (.linear24kHz, nil, AudioFraming(4_800, 3_200)), (.linear8kHz, 320, AudioFraming(320, 320)),
        (.linear24kHz, 640, AudioFraming(640, 640)), (.linear8kHz, 6_400, AudioFraming(6_400, 6_400)),
    ])
    func audioComesInWholeChunks(format: AudioFormat, minimum: Int?, framing: AudioFraming) throws {
        let call = try DialectCall(.exotel, minimum.map { ["minimum_bytes": .integer($0)] } ?? [:])
        #expect(call.dialect.framing(for: format) == framing)
    }

    @Test(arguments: [0, 100, 319, 321, 100_001])
    func aMinimumThatIsNoChunkIsRefused(bytes: Int) {
        #expect(throws: DialectError.self) { try DialectCall(.exotel, ["minimum_bytes": .integer(bytes)]) }
    }

    @Test func whatTheWireDoesNotCarryIsRefused() throws {
        var call = try DialectCall(.exotel)
        #expect(throws: DialectError.notStarted) { try call.messages(.clear) }
        #expect(throws: DialectError.notStarted) { try call.messages(.mark("p")) }
        _ = try call.event(ExotelGoldenTests.start)
        let digits = try #require(DTMFString("1"))
        #expect(throws: DialectError.digitsNotCarried) { try call.messages(.digits(digits)) }
        #expect(throws: DialectError.notCarried(.phone)) { try call.messages(.transfer(.phone("1"))) }
        #expect(throws: DialectError.badMark("must have 1 to 256 bytes")) { try call.messages(.mark("")) }
        let capabilities = call.dialect.capabilities
        #expect(!capabilities.hangUp && !capabilities.sendDigits && capabilities.transfers.isEmpty)
        #expect(capabilities.closeMeaning == .nextStep)
    }
}

extension AudioFraming {
    /// Exotel's, with these sizes.
    fileprivate init(_ frame: Int, _ minimum: Int) {
        self.init(bytesPerFrame: frame, minimumBytes: minimum, maximumBytes: 100_000, multipleOfBytes: 320)
    }
}

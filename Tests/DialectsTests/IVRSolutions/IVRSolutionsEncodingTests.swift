// SPDX-License-Identifier: Apache-2.0

import CallModel
import Dialects
import NIOCore
import TestSupport
import Testing

@Suite struct IVRSolutionsEncodingTests {
    /// The message that a command becomes after a start, with `.none` as an empty text.
    static func message(
        _ command: CallCommand,
        _ change: (inout IVRSolutionsSettings) -> Void = { _ in }
    ) throws -> String {
        var settings = IVRSolutionsSettings()
        change(&settings)
        var call = Reading(settings)
        _ = try call.event(#"{"event":"start","stream_sid":"1790000000.41","start":{"call_sid":"c"}}"#)
        var buffer = ByteBuffer()
        let frame = try call.dialect.encode(command, into: &buffer)
        #expect(frame == (buffer.readableBytes == 0 ? .none : .text))
        return String(buffer: buffer)
    }

    @Test func theEndOfAnUtteranceIsOffByDefault() throws {
        #expect(try Self.message(.utteranceEnd) == "")
        #expect(try Self.message(.utteranceEnd) { $0.utteranceEnd = true } == #"{"type":"response.audio.done"}"#)
    }

    @Test func marksAreOffByDefaultAndNameTheStream() throws {
        #expect(try Self.message(.mark("p7")) == "")
        #expect(
            try Self.message(.mark("p7")) { $0.marks = true }
                == #"{"event":"mark","stream_sid":"1790000000.41","mark":{"name":"p7"}}"#
        )
        #expect(
            try Self.message(.mark("a\"b\\c")) { $0.marks = true }
                == #"{"event":"mark","stream_sid":"1790000000.41","mark":{"name":"a\"b\\c"}}"#
        )
        #expect(throws: DialectError.self) { try Self.message(.mark("")) { $0.marks = true } }
        #expect(throws: DialectError.self) {
            try Self.message(.mark(String(repeating: "m", count: 257))) { $0.marks = true }
        }
    }

    @Test func aMarkBeforeStartIsRefused() {
        var settings = IVRSolutionsSettings()
        settings.marks = true
        var buffer = ByteBuffer()
        #expect(throws: DialectError.notStarted) {
            try IVRSolutionsDialect(settings: settings).encode(.mark("p7"), into: &buffer)
        }
        #expect(buffer.readableBytes == 0)
    }

    @Test func theReasonOfAHangUpIsOffByDefault() throws {
        #expect(try Self.message(.hangUp(reason: "bye")) == #"{"type":"session.hangup"}"#)
        #expect(
            try Self.message(.hangUp(reason: "bye")) { $0.hangUpReason = true }
                == #"{"type":"session.hangup","reason":"bye"}"#
        )
        #expect(try Self.message(.hangUp(reason: nil)) { $0.hangUpReason = true } == #"{"type":"session.hangup"}"#)
        #expect(try Self.message(.hangUp(reason: "")) { $0.hangUpReason = true } == #"{"type":"session.hangup"}"#)
        #expect(
            try Self.message(.hangUp(reason: "a\nb\u{1}\u{1F}\t\r/é")) { $0.hangUpReason = true }
                == #"{"type":"session.hangup","reason":"a\nb\u0001\u001f\t\r/é"}"#
        )
    }

    @Test func keypressesAreThoseOfATelephone() throws {
        let all = try #require(DTMFString("0123456789*#ABCD"))
        #expect(try Self.message(.digits(all)) == ##"{"type":"session.dtmf","dtmf":"0123456789*#ABCD"}"##)
        let small = try #require(DTMFString("12ab"))
        #expect(try Self.message(.digits(small)) == #"{"type":"session.dtmf","dtmf":"12AB"}"#)
    }

    // MARK: transfers

    @Test(arguments: [
        ("+91 98100-00003", "+919810000003"),
        ("0981 000 0003", "09810000003"),
        ("112", "112"),
        ("- 1 -", "1"),
        ("12345678901234567890", "12345678901234567890"),
    ])
    func aTelephoneNumberLosesSpacesAndHyphens(number: String, sent: String) throws {
        let message = #"{"type":"session.transfer","destination":"\#(sent)"}"#
        #expect(try Self.message(.transfer(.phone(number))) == message)
        #expect(try Self.message(.transfer(.phones([number], strategy: .simultaneous))) == message)
    }

    static let badNumbers = [
        "",
        "+",
        " ",
        "-",
        "sales",
        "98100x",
        "(0981)0000003",
        "98.10",
        "++91981",
        "91+981",
        "9810\n",
        "٩٨١",
        "9810\u{A0}1",
        "*67",
        "sip:a@b", "tel:+91981", "123456789012345678901", "+123456789012345678901", "9810,9811",
    ]

    @Test(arguments: badNumbers)
    func whatIsNoTelephoneNumberIsRefused(number: String) {
        var buffer = ByteBuffer()
        let dialect = IVRSolutionsDialect()
        for target in [
            TransferTarget.phone(number), .phones([number], strategy: .sequential),
            .phones(["1", number], strategy: .simultaneous),
        ] {
            do {
                _ = try dialect.encode(.transfer(target), into: &buffer)
                Issue.record("took \(number)")
            } catch {
                #expect(error.shortDescription == "bad_transfer_target")
                #expect(!error.closesCall)
                #expect(number.count < 3 || !error.description.contains(number), "a number must not get into a log")
            }
            #expect(buffer.readableBytes == 0)
        }
    }

    @Test func aListMustHave1To20Numbers() throws {
        #expect(throws: DialectError.self) { try Self.message(.transfer(.phones([], strategy: .simultaneous))) }
        let twenty = (0..<20).map { "98100000\($0 + 10)" }
        #expect(try Self.message(.transfer(.phones(twenty, strategy: .simultaneous))).contains(#""9810000029"]}"#))
        #expect(throws: DialectError.self) {
            try Self.message(.transfer(.phones(twenty + ["1"], strategy: .simultaneous)))
        }
    }

    static let badTargets: [TransferTarget] = [
        .extension(""),
        .extension("20\n4"),
        .extension("20\u{7F}"),
        .extension(String(repeating: "1", count: 65)),
        .flow(""),
        .flow("a\u{0}b"),
        .flow(String(repeating: "f", count: 129)),
        .bot(url: ""),
        .bot(url: "ws://bot.example.net/"),
        .bot(url: "https://bot.example.net/"),
        .bot(url: "bot.example.net"),
        .bot(url: "wss://"),
        .bot(url: "wss:///path"),
        .bot(url: "wss://bot.example.net/a b"),
        .bot(url: "wss://bot.example.net/#a"),
        .bot(url: "wss://bot.example.net/\"x"),
        .bot(url: " wss://bot.example.net/"), .bot(url: "wss://bøt.example.net/"), .bot(url: "wss://?x"),
        .bot(url: "wss://a/" + String(repeating: "x", count: 2_048)),
    ]

    @Test(arguments: badTargets)
    func aTargetThatCannotBeIsRefused(target: TransferTarget) {
        var buffer = ByteBuffer()
        #expect(throws: DialectError.self) { try IVRSolutionsDialect().encode(.transfer(target), into: &buffer) }
        #expect(buffer.readableBytes == 0)
    }

    @Test func targetsAreEscaped() throws {
        #expect(
            try Self.message(.transfer(.flow(#"a"b\c"#))) == #"{"type":"session.flow_transfer","flow_id":"a\"b\\c"}"#
        )
        #expect(
            try Self.message(.transfer(.bot(url: "WSS://Bot.example.net:8443/x%20y")))
                == #"{"type":"session.transfer_ws","url":"WSS://Bot.example.net:8443/x%20y"}"#
        )
    }

    @Test func aSIPURIIsRefusedUnlessAllowed() throws {
        let target = TransferTarget.sip(uri: "sip:desk@pbx.example.net;transport=tls")
        #expect(throws: DialectError.notCarried(.sip)) { try Self.message(.transfer(target)) }
        #expect(
            try Self.message(.transfer(target)) { $0.allowSIPDestination = true }
                == #"{"type":"session.transfer","destination":"sip:desk@pbx.example.net;transport=tls"}"#
        )
        #expect(
            try Self.message(.transfer(.sip(uri: "sips:a@b"))) { $0.allowSIPDestination = true }
                == #"{"type":"session.transfer","destination":"sips:a@b"}"#
        )
        for uri in ["", "sip:", "sips:@b", "tel:+91", "desk@pbx", "sip:a b@c", "sip:a@b\r\nX: y"] {
            #expect(throws: DialectError.self) {
                try Self.message(.transfer(.sip(uri: uri))) { $0.allowSIPDestination = true }
            }
        }
    }

    // MARK: audio

    @Test func audioOfEveryLengthIsWritten() {
        let dialect = IVRSolutionsDialect()
        for length in 0...400 {
            let bytes = (0..<length).map { UInt8(truncatingIfNeeded: $0 &* 73) }
            var buffer = ByteBuffer()
            #expect(dialect.write(bytes, into: &buffer) == .text)
            #expect(dialect.audioMessageLength(payloadBytes: length) == buffer.readableBytes)
            #expect(
                String(buffer: buffer) == #"{"type":"response.audio.delta","delta":"\#(PlainBase64.encode(bytes))"}"#
            )
        }
    }

    @Test func binaryAudioIsTheBareBytes() {
        var settings = IVRSolutionsSettings()
        settings.audioOut = .binary
        let dialect = IVRSolutionsDialect(settings: settings)
        var buffer = ByteBuffer()
        #expect(dialect.write([1, 2, 3, 4], into: &buffer) == .binary)
        #expect(Array(buffer.readableBytesView) == [1, 2, 3, 4])
        #expect(dialect.audioMessageLength(payloadBytes: 4) == 4)
    }

    @Test func aMessageIsAppendedToWhatIsThere() throws {
        var buffer = ByteBuffer(string: "head")
        #expect(try IVRSolutionsDialect().encode(.clear, into: &buffer) == .text)
        #expect(IVRSolutionsDialect().write([0], into: &buffer) == .text)
        #expect(String(buffer: buffer) == #"head{"type":"audio.clear"}{"type":"response.audio.delta","delta":"AA=="}"#)
    }

    @Test(arguments: [
        (20, AudioFormat.linear8kHz, 320, 320, 3_200),
        (60, .linear8kHz, 960, 320, 3_200),
        (20, .muLaw8kHz, 160, 160, 1_600),
        (200, .linear16kHz, 6_400, 640, 6_400), (40, .linear24kHz, 1_920, 960, 9_600),
    ])
    func framesAreMultiplesOf20Milliseconds(milliseconds: Int, format: AudioFormat, bytes: Int, unit: Int, most: Int) {
        var settings = IVRSolutionsSettings()
        settings.frameMilliseconds = milliseconds
        let framing = AudioFraming(bytesPerFrame: bytes, minimumBytes: unit, maximumBytes: most, multipleOfBytes: unit)
        #expect(IVRSolutionsDialect(settings: settings).framing(for: format) == framing)
    }
}

// SPDX-License-Identifier: Apache-2.0

import Dialects
import NIOCore
import TestSupport
import Testing

@Suite struct Base64Tests {
    /// The bytes that the decoder makes of a text; nil when it throws.
    static func decoded(_ text: [UInt8]) -> [UInt8]? {
        var buffer = MediaBuffer()
        do { try Base64.decode(text.span, into: &buffer) } catch { return nil }
        return buffer.withBytes { bytes in bytes.indices.map { bytes[$0] } }
    }

    static func encoded(_ bytes: [UInt8]) -> String {
        var buffer = ByteBuffer()
        buffer.writeBase64(bytes.span)
        return String(buffer: buffer)
    }

    /// RFC 4648 §10.
    @Test(arguments: [
        ("", ""),
        ("f", "Zg=="),
        ("fo", "Zm8="),
        ("foo", "Zm9v"),
        ("foob", "Zm9vYg=="),
        ("fooba", "Zm9vYmE="),
        ("foobar", "Zm9vYmFy"),
    ])
    func theStandardsOwnExamples(plain: String, text: String) {
        #expect(Self.encoded(Array(plain.utf8)) == text)
        #expect(Self.decoded(Array(text.utf8)) == Array(plain.utf8))
    }

    @Test func everyLengthGoesThereAndBack() {
        var random = RandomNumbers(seed: 1)
        for length in 0...400 {
            let bytes = (0..<length).map { _ in UInt8.random(in: 0...255, using: &random) }
            let text = PlainBase64.encode(bytes)
            #expect(Self.encoded(bytes) == text)
            #expect(Base64.encodedLength(ofBytes: length) == text.utf8.count)
            #expect(Self.decoded(Array(text.utf8)) == bytes)
            #expect(Self.decoded(Array(text.utf8.filter { $0 != UInt8(ascii: "=") })) == bytes, "without padding")
        }
    }

    @Test(
        arguments: [
            ("-_-_", [0xFB, 0xFF, 0xBF]), ("+/+/", [0xFB, 0xFF, 0xBF]), ("+_-/", [0xFB, 0xFF, 0xBF]),
            ("AAECAw==", [0, 1, 2, 3]), (" A\tA\r\nE\u{C}C A w = = \n", [0, 1, 2, 3]), ("AAECAw", [0, 1, 2, 3]),
            ("AAEC\r\nAwQF\r\n", [0, 1, 2, 3, 4, 5]), ("AB==", [0]), ("AAF=", [0, 1]), ("   ", []),
        ] as [(String, [UInt8])]
    )
    func aSpellingIsTaken(text: String, bytes: [UInt8]) {
        #expect(Self.decoded(Array(text.utf8)) == bytes)
    }

    @Test(arguments: [
        "A",
        "AAAAA",
        "A===",
        "AA=",
        "AAA==",
        "AA=A",
        "AA==AAAA",
        "AAAA=",
        "AAAA==",
        "=",
        "====",
        "AA*A",
        "AAAAA*AA",
        "AA\u{0}A", "AAé", "AA\u{B}AA", "UklGRg==.", "data:AAAA",
    ])
    func garbageIsRefused(text: String) {
        #expect(Self.decoded(Array(text.utf8)) == nil)
    }

    @Test func randomTextsAreReadAsThePlainDecoderReadsThem() {
        let characters = Array("ABCDwxyz0189+/-_==  \n*".utf8)
        var random = RandomNumbers(seed: 2)
        var accepted = 0
        for _ in 0..<20_000 {
            let text = (0..<Int.random(in: 0...24, using: &random)).map { _ in
                characters[Int.random(in: 0..<characters.count, using: &random)]
            }
            let expected = PlainBase64.decode(text)
            if expected != nil { accepted += 1 }
            #expect(Self.decoded(text) == expected, "\(String(decoding: text, as: UTF8.self))")
        }
        #expect(accepted > 500)
    }

    @Test func whiteSpaceMayStandAnywhere() {
        let bytes = [UInt8](0..<23)
        let text = Array(PlainBase64.encode(bytes).utf8)
        for place in 0...text.count {
            for blank in [0x20, 0x0A] as [UInt8] {
                var spread = text
                spread.insert(contentsOf: [blank, blank], at: place)
                #expect(Self.decoded(spread) == bytes)
            }
        }
    }

    @Test func aRefusedTextLeavesNoOldAudioBehind() throws {
        var buffer = MediaBuffer()
        try Base64.decode(Array("AAAA".utf8).span, into: &buffer)
        #expect(buffer.count == 3)
        #expect(throws: Base64Error.self) { try Base64.decode(Array("AAAAAAAA*".utf8).span, into: &buffer) }
        #expect(buffer.count == 0)
    }

    @Test func aFaultSaysWhere() {
        var buffer = MediaBuffer()
        do {
            try Base64.decode(Array("AAAAAA*A".utf8).span, into: &buffer)
            Issue.record("took garbage")
        } catch {
            #expect(error.offset == 6)
            #expect(error.description == "character 0x2a at 6 is not of base64")
        }
    }
}

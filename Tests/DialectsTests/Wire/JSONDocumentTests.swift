// SPDX-License-Identifier: Apache-2.0

import Dialects
import TestSupport
import Testing

@Suite struct JSONDocumentTests {
    @Test(arguments: JSONCorpus.valid)
    func whatIsJSONIsReadAsFoundationReadsIt(text: String) throws {
        let bytes = Array(text.utf8)
        let value = try JSONDocument.parse(bytes)
        let theirs = try #require(FoundationJSON.parse(bytes))
        #expect(FoundationJSON.isSame(value, theirs), "\(value)")
    }

    @Test(arguments: JSONCorpus.invalid)
    func whatIsNotJSONIsRefused(text: String) {
        #expect(throws: JSONSyntaxError.self) { try JSONDocument.parse(Array(text.utf8)) }
    }

    @Test(arguments: JSONCorpus.invalidBytes)
    func whatIsNotUTF8OrHalfAPairIsRefused(bytes: [UInt8]) {
        #expect(throws: JSONSyntaxError.self) { try JSONDocument.parse(bytes) }
    }

    /// Grammar that Foundation refuses or reads less exactly, and we take as RFC 8259 has it.
    @Test func numbersKeepEveryDigit() throws {
        for text in ["1e999", "-1e999", "123456789012345678901234567890", "0.1234567890123456789", "1E-999"] {
            #expect(try JSONDocument.parse(Array(text.utf8)) == .number(text))
        }
    }

    @Test func ofAKeyThatStandsTwiceTheLastCounts() throws {
        let parsed = try ParsedText(#"{"a":1,"b":2,"a":3,"\u0061":4}"#)
        #expect(parsed.value() == .object(["a": .number("4"), "b": .number("2")]))
        let place = try #require(parsed.member("a"))
        #expect(parsed.wholeNumber(place)?.value == 4)
        let theirs = try #require(FoundationJSON.parse(parsed.text))
        #expect(FoundationJSON.isSame(parsed.value(), theirs))
    }

    @Test func depthIsLimited() throws {
        func nested(_ depth: Int, _ open: String, _ close: String) -> [UInt8] {
            Array((String(repeating: open, count: depth) + "1" + String(repeating: close, count: depth)).utf8)
        }
        #expect(throws: Never.self) { try JSONDocument.parse(nested(32, "[", "]")) }
        #expect(throws: Never.self) { try JSONDocument.parse(nested(32, #"{"a":"#, "}")) }
        #expect(throws: JSONSyntaxError.self) { try JSONDocument.parse(nested(33, "[", "]")) }
        #expect(throws: JSONSyntaxError.self) { try JSONDocument.parse(nested(33, #"{"a":"#, "}")) }
        #expect(throws: JSONSyntaxError.self) { try JSONDocument.parse(nested(500_000, "[", "]")) }
        #expect(throws: JSONSyntaxError.self) { try JSONDocument.parse(Array(repeating: 0x5B, count: 500_000)) }
    }

    @Test func theNumberOfValuesIsLimited() throws {
        var document = JSONDocument(maximumDepth: 4, maximumValues: 4)
        try document.parse(Array("[1,2,3]".utf8).span)
        #expect(throws: JSONSyntaxError.self) { try document.parse(Array("[1,2,3,4]".utf8).span) }
    }

    @Test func everyTextCutShortIsRefused() {
        let text = Array(#"{"event":"start","n":-1.5e+3,"a":[true,null,"é\u00e9\n"],"start":{"x":"y"}}"#.utf8)
        for length in 0..<text.count {
            #expect(throws: JSONSyntaxError.self) { try JSONDocument.parse(Array(text[..<length])) }
        }
    }

    /// A string is read eight bytes at a time: every place for every kind of byte that ends the run.
    @Test func everyPlaceOfEveryKindOfByteInAString() throws {
        let kinds: [(piece: String, plain: String)] = [
            ("x", "x"),
            (#"\n"#, "\n"),
            (#"\""#, "\""),
            (#"\\"#, "\\"),
            ("é", "é"),
            ("😀", "😀"),
            (#"\u20ac"#, "€"),
            ("!", "!"), ("#", "#"), ("[", "["), ("]", "]"), ("\u{7F}", "\u{7F}"), ("~", "~"), (" ", " "),
        ]
        for length in 0...24 {
            for place in 0...length {
                let before = String(repeating: "a", count: place)
                let after = String(repeating: "b", count: length - place)
                for kind in kinds {
                    let value = try JSONDocument.parse(Array("\"\(before)\(kind.piece)\(after)\"".utf8))
                    #expect(value == .string(before + kind.plain + after))
                }
                for control in UInt8(0)..<0x20 {
                    let text = Array("\"\(before)".utf8) + [control] + Array("\(after)\"".utf8)
                    #expect(throws: JSONSyntaxError.self) { try JSONDocument.parse(text) }
                }
            }
        }
    }

    @Test func aFaultSaysWhereAndNothingOfTheText() {
        do {
            _ = try JSONDocument.parse(Array(#"{"a":secret}"#.utf8))
            Issue.record("took garbage")
        } catch {
            #expect(error.offset == 5)
            #expect(error.description == "unexpected byte 0x73 at byte 5")
        }
    }

    @Test func aDocumentIsUsedAgainAfterAFault() throws {
        var document = JSONDocument()
        #expect(throws: JSONSyntaxError.self) { try document.parse(Array("[[[1".utf8).span) }
        let text = Array(#"{"a":"b"}"#.utf8)
        try document.parse(text.span)
        let value = document.value(at: document.root, in: text.span)
        #expect(value == .object(["a": .string("b")]))
    }
}

// SPDX-License-Identifier: Apache-2.0

import Dialects
import Testing

@Suite struct JSONLookupTests {
    @Test(arguments: [
        ("stream_sid", "stream_sid", true),
        ("stream_sid", "streamSid", true),
        ("stream_sid", "StreamSid", false),
        ("stream_sid", "streamsid", false),
        ("stream_sid", "stream_Sid", false),
        ("stream_sid", "streamSi", false),
        ("stream_sid", "streamSidx", false),
        ("stream_sid", "stream_sidx", false),
        ("stream_sid", "stream", false),
        ("a_b_c", "aBC", true), ("a_b_c", "a_bC", true), ("a_b_c", "aB_c", true), ("a_b_c", "abc", false),
        ("payload", "payload", true), ("payload", "Payload", false), ("payload", "", false),
        ("stream_sid", #"stream\u0053id"#, true), ("stream_sid", #"stream\u005fsid"#, true),
        ("stream_sid", #"stream\/sid"#, false),
    ])
    func aFieldIsFoundInSnakeAndCamelCase(name: String, key: String, isFound: Bool) throws {
        let parsed = try ParsedText(#"{"zzz":0,"\#(key)":1,"yyy":2}"#)
        #expect((parsed.field(name) != nil) == isFound)
    }

    @Test func aMemberIsFoundByItsExactName() throws {
        let parsed = try ParsedText(#"{"streamSid":1,"x":{"stream_sid":2},"stream_sid":[3],"e\/f":4}"#)
        let place = try #require(parsed.member("stream_sid"))
        #expect(parsed.document.kind(at: place) == .array)
        #expect(parsed.source(place) == "[3]")
        #expect(parsed.member("e/f") != nil)
        #expect(parsed.member("stream_sid", of: place) == nil)
        #expect(parsed.member("streams") == nil)
    }

    @Test func membersAreWalkedInOrder() throws {
        let parsed = try ParsedText(#"{"a":[1,[2]],"b":{},"c":{"d":[]},"e":null}"#)
        var names: [String?] = []
        var child = parsed.document.firstChild(of: parsed.root)
        while let current = child {
            names.append(parsed.name(current))
            child = parsed.document.sibling(after: current, of: parsed.root)
        }
        #expect(names == ["a", "b", "c", "e"])
    }

    @Test(
        arguments: [
            ("8000", 8_000, true),
            (#""8000""#, 8_000, true),
            ("-5", -5, true),
            ("8000.0", 8_000, true),
            ("1.5", 1, false),
            (#""20.000""#, 20, true),
            (#""\u0032\u0030""#, 20, true),
            ("999999999999999999", 999_999_999_999_999_999, true),
            ("0", 0, true),
        ] as [(String, Int64, Bool)]
    )
    func aWholeNumberIsRead(text: String, value: Int64, isExact: Bool) throws {
        let parsed = try ParsedText(text)
        let number = try #require(parsed.wholeNumber(parsed.root))
        #expect(number.value == value)
        #expect(number.isExact == isExact)
    }

    @Test(arguments: [
        "1e3",
        #""""#,
        #""-""#,
        #""abc""#,
        #""8000Hz""#,
        #"" 8000""#,
        #""1.""#,
        #"".5""#,
        #""0x10""#,
        "true",
        "null",
        "[]",
        "1000000000000000000", "18446744073709551616", #""--1""#, #""1.5.2""#,
    ])
    func whatIsNoWholeNumberIsNone(text: String) throws {
        let parsed = try ParsedText(text)
        #expect(parsed.wholeNumber(parsed.root) == nil)
    }
}

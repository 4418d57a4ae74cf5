// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import VoiceBridgeTesting

@Suite struct PlainJSONTests {
    private func read(_ text: String) -> PlainJSON? {
        var reader = PlainJSONReader(Array(text.utf8))
        return try? reader.read()
    }

    @Test(arguments: [
        #"{"b":1,"a":[true,false,null],"b":"x"}"#, #"{}"#, #"[]"#, #""é \" \\ \n\u0001""#, "-0.5e+3",
        #"{"a":{"b":{}}}"#,
    ])
    func `order, repetition and numbers stay as written`(text: String) {
        #expect(read(text)?.text == text)
    }

    @Test(arguments: [
        (#""\u00e9""#, "é"), (#""\ud83d\ude00""#, "😀"), (#""\/\b\f\r\t""#, "/\u{8}\u{c}\r\t"),
    ])
    func `escapes are undone`(text: String, expected: String) {
        #expect(read(text)?.string == expected)
    }

    @Test(arguments: [
        "", " ", "{", "[1,]", "{\"a\":1,}", "{a:1}", "01", "1.", "1e", "-", "+1", "nul", "\"\u{1}\"", #""\x""#,
        #""\ud83d""#,
        #""\u12""#, "\"", "[1 2]", "{\"a\" 1}", "{} {}", "'a'", String(repeating: "[", count: 40),
    ])
    func `what is not JSON is refused`(text: String) {
        #expect(read(text) == nil)
    }

    @Test func `bytes that are not UTF-8 are refused`() {
        var reader = PlainJSONReader([0x22, 0xFF, 0x22])
        #expect(throws: PlainJSONReader.Fault(problem: "not UTF-8", offset: 3)) { _ = try reader.read() }
    }

    @Test(arguments: [(#"{"a":"b c"}"#, false), (#"{"a": 1}"#, true), ("[1]\n", true), (" 1", true)])
    func `white space between tokens is seen`(text: String, seen: Bool) throws {
        var reader = PlainJSONReader(Array(text.utf8))
        _ = try reader.read()
        #expect(reader.sawWhitespace == seen)
    }
}

// SPDX-License-Identifier: Apache-2.0

import Testing
import VoiceBridge

@testable import Bots

@Suite("Texts, conditions and patterns of a flow")
struct FlowTextTests {
    static let variables = ["name": "Ann", "number": "412", "count": "3", "hostile": "a/b?c=\"d\"&e\r\nX: y"]

    @Test(
        "texts are filled in",
        arguments: [
            ("Hello {{name}}.", "Hello Ann."),
            ("{{ name }}{{name}}", "AnnAnn"),
            ("no variables", "no variables"),
            ("{ name }}", "{ name }}"),
            ("{{empty}}", ""),
            ("{{empty or \"nobody\"}}", "nobody"),
            ("{{name or 'nobody'}}", "Ann"),
            ("{{number as digits}}", "4 1 2"),
            ("{{count plus 1}}", "4"),
            ("{{count minus 4}}", "-1"),
            ("{{name plus 1}}", "1"),
            ("{{empty or \"7\" plus 1 as digits}}", "8"),
        ]
    )
    func filled(source: String, expected: String) throws {
        #expect(try FlowText(source).filled(Self.variables) == expected)
    }

    @Test("what a variable holds breaks neither a URL, nor JSON, nor a header")
    func escaped() throws {
        let text = try FlowText("<{{hostile}}>")
        #expect(text.filled(Self.variables, escaping: .url) == "<a%2Fb%3Fc%3D%22d%22%26e%0D%0AX%3A%20y>")
        #expect(text.filled(Self.variables, escaping: .header) == "<a/b?c=\"d\"&eX: y>")
        #expect(FlowJSON.text(text).written(Self.variables) == #""<a/b?c=\"d\"&e\r\nX: y>""#)
        #expect(FlowJSON.quoted("\u{1}\\é") == #""\u0001\\é""#)
    }

    @Test(
        "texts that cannot be",
        arguments: ["{{", "{{}}", "{{a b}}", "{{1a}}", "{{a or b}}", "{{a plus x}}", "{{a as words}}", "{{a or \"x}}"]
    )
    func broken(source: String) { #expect(throws: FlowTextError.self) { try FlowText(source) } }

    @Test(
        "conditions",
        arguments: [
            ("name is Ann", true), ("name is ann", false), ("name is not Ann", false), ("name == \"Ann\"", true),
            ("name != Ann", false), ("not name is Ann", false), ("not name is not Ann", true),
            ("empty is empty", true), ("name is not empty", true), ("name is \"empty\"", false),
            ("number is digits", true), ("name is digits", false), ("empty is digits", false),
            ("count is number", true),
            ("name is number", false), ("number in 411, 412", true), ("number in 411, \"41 2\"", false),
            ("number matches 4*", true), ("number matches \"4?\"", false), ("number matches 4?2", true),
            ("count > 2", true), ("count >= 3", true), ("count < 3", false), ("count <= 2.5", false),
            ("name < 3", false),
            ("count>2 and name is Bob or name is Ann", true), ("name is Ann or name is Bob and count > 9", true),
            ("name is Bob and count > 2", false), ("name is \"{{name}}\"", true), ("number > {{count}}", true),
        ]
    )
    func conditions(source: String, expected: Bool) throws {
        #expect(try FlowCondition(source).holds(Self.variables) == expected)
    }

    @Test(
        "conditions that cannot be",
        arguments: [
            "", "is", "name", "name is", "name is a b", "name and", "name in", "name in a,", "name > x", "\"a\" is b",
        ]
    )
    func brokenConditions(source: String) { #expect(throws: FlowTextError.self) { try FlowCondition(source) } }

    @Test(
        "patterns",
        arguments: [
            ("*", "", true), ("*", "abc", true), ("a*c", "abbc", true), ("a*c", "abcd", false), ("a?c", "abc", true),
            ("?", "", false), ("**a**", "bab", true), ("a*b*c", "axxbyyc", true), ("a*b*c", "axxcyyb", false),
            ("4*", "412", true), ("abc", "abc", true), ("abc", "ab", false),
            ("*a*a*a*a*b", String(repeating: "a", count: 60), false),
        ]
    )
    func patterns(pattern: String, text: String, expected: Bool) throws {
        #expect(try #require(FlowPattern(pattern)).matches(text) == expected)
    }

    @Test("fields of an answer are found by their path")
    func fields() throws {
        let body = #"{"a": {"b": [1, 2.5, true, null, "x"]}, "c": "d", "": {"e": "f"}}"#
        let json = try #require(FlowAnswerJSON(Array(body.utf8)))
        #expect(json.text(at: ["a", "b", "0"]) == "1")
        #expect(json.text(at: ["a", "b", "1"]) == "2.5")
        #expect(json.text(at: ["a", "b", "2"]) == "true")
        #expect(json.text(at: ["a", "b", "3"]) == nil)
        #expect(json.text(at: ["a", "b", "4"]) == "x")
        #expect(json.text(at: ["a", "b", "5"]) == nil)
        #expect(json.text(at: ["a", "b"]) == nil)
        #expect(json.text(at: ["c"]) == "d")
        #expect(json.text(at: ["c", "d"]) == nil)
        #expect(FlowAnswerJSON(Array("nothing".utf8)) == nil)
        #expect(FlowAnswerJSON(Array(String(repeating: "[", count: 100_000).utf8)) == nil)
    }

    @Test("a value is bounded, however often it doubles itself")
    func bounded() throws {
        let yaml =
            "variables: {x: abcd}\nmaximum_steps: 100\nsections:\n  a:\n    - set: {x: \"{{x}}{{x}}\"}\n    - branch: [{go: a}]"
        var interpreter = FlowInterpreter(try FlowFixture.load(yaml).flow)
        guard case .fail(let why) = interpreter.next(.begin) else {
            Issue.record("no end")
            return
        }
        #expect(why.hasPrefix("the call has taken 100 steps, the last in `a["))
        #expect(interpreter.variables["x"]?.count == FlowVariables.maximumLength)
    }
}

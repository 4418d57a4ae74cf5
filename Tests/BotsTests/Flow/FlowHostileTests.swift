// SPDX-License-Identifier: Apache-2.0

import Bots
import ConfigurationReading
import Testing
import VoiceBridge

/// Flows that somebody wrote to do harm: each is refused in little time and memory, with a place and an advice.
@Suite("Hostile flows")
struct FlowHostileTests {
    /// A flow of one request, with this as its JSON.
    private static func request(_ json: String, _ above: String = "") -> String {
        "\(above)sections: {a: [{request: {url: \"https://example.net/\", failed: hang_up, json: \(json)}}]}"
    }

    /// Ten lists, each of ten aliases to the one before: ten thousand million values.
    private static let laughs: String = {
        var lines = "x-0: &n0 [x, x, x, x, x, x, x, x, x, x]\n"
        for level in 1..<10 {
            let aliases = Array(repeating: "*n\(level - 1)", count: 10).joined(separator: ", ")
            lines += "x-\(level): &n\(level) [\(aliases)]\n"
        }
        return lines
    }()

    static let files: [FlowFaultCase] = [
        FlowFaultCase(
            "ten megabytes",
            "sections:\n  a:\n" + String(repeating: "    - say: more and more\n", count: 420_000),
            "1:1: has 10500015 bytes; a configuration may have 1048576"
        ),
        FlowFaultCase(
            "as many steps as a file holds",
            "sections:\n  a:\n" + String(repeating: "    - hang_up\n", count: 70_000),
            "3:5: sections.a: has 70000 entries; at most 500 are allowed"
        ),
        FlowFaultCase(
            "as many sections as a file holds",
            "sections:\n" + (0..<40_000).map { "  s\($0): [hang_up]\n" }.joined(),
            "2:3: sections: has 40000 sections; at most 500 are allowed"
        ),
        FlowFaultCase(
            "a hundred thousand lists in one another",
            String(repeating: "[", count: 100_000),
            "1:1: is nested too deeply; a configuration needs fewer than ten levels"
        ),
        FlowFaultCase(
            "JSON too deep",
            request(String(repeating: "[", count: 20) + String(repeating: "]", count: 20)),
            "1:95: sections.a[0].request.json" + String(repeating: "[0]", count: 16)
                + ": is nested more than 16 levels deep; flatten it"
        ),
        FlowFaultCase(
            "aliases that stand for more than there is memory",
            request("*n9", laughs),
            "1:20: sections.a[0].request.json[0][0][0][0][0][0][0][8][9][3]: comes after 1000 values; a request carries no more"
        ),
        FlowFaultCase(
            "an alias to what it stands in",
            "sections: &s {a: [*s]}",
            "1:19: sections.a[0]: is an alias without an anchor above it; write `&name` there or put quotes around the text"
        ),
        FlowFaultCase(
            "keys given twice, at every level",
            "sections: {a: [hang_up], a: [hang_up]}\nsections: {b: [hang_up]}",
            "1:26: sections.a: is given already at line 1; keep one of them",
            "2:1: sections: is given already at line 1; keep one of them"
        ),
        FlowFaultCase(
            "keys that are no texts",
            "sections: {[a]: [hang_up], {b: c}: [hang_up], d: [hang_up]}",
            "1:12: sections: has a key that is not a text; write one",
            "1:28: sections: has a key that is not a text; write one"
        ),
        FlowFaultCase(
            "control characters where a message shows them",
            "sections: {a: [{go: \"\\e[2J\\n\"}]}",
            "1:21: sections.a[0].go: leads to `?[2J?`, which is no section; add it under `sections`"
        ),
        FlowFaultCase(
            "a text without end",
            "sections: {a: [{say: \(String(repeating: "x", count: 16_385))}]}",
            "1:22: sections.a[0].say: is longer than 16384 bytes; use several steps"
        ),
        FlowFaultCase(
            "a text of nothing but variables",
            "sections: {a: [{say: \"\(String(repeating: "{{call.id}}", count: 201))\"}]}",
            "1:22: sections.a[0].say: has more than 200 variables; use several steps"
        ),
        FlowFaultCase(
            "header fields without end",
            "sections: {a: [{request: {url: \"https://example.net/\", failed: hang_up, headers: {"
                + (0..<101).map { "h\($0): x" }.joined(separator: ", ") + "}}}]}",
            "1:82: sections.a[0].request.headers: has 101 fields; at most 100 are allowed"
        ),
        FlowFaultCase(
            "a section that leads to itself",
            "sections:\n  a: [{go: a}]",
            "2:3: sections.a: leads back to itself and neither says nor asks anything on the way; a caller would never leave it"
        ),
        FlowFaultCase(
            "sections that lead to one another",
            "sections:\n  a: [{go: b}]\n  b: [{set: {x: y}}, {go: c}]\n  c: [{go: b}]",
            "3:3: sections.b: leads back to itself and neither says nor asks anything on the way; a caller would never leave it",
            "4:3: sections.c: leads back to itself and neither says nor asks anything on the way; a caller would never leave it"
        ),
    ]

    @Test("are refused", arguments: files)
    func refused(_ row: FlowFaultCase) { #expect(FlowFixture.faults(row.yaml) == row.faults) }

    @Test("values of the wrong type are faults, each of them, and nothing else happens")
    func types() {
        let values = [
            "5", "x", "[]", "[1]", "{}", "{a: b}", "", "true", "~", "-1", "1e9", "\"\"", "!!binary aGk=", "2020-01-01",
        ]
        let keys = [
            "name", "language", "variables", "begin", "maximum_steps", "sections", "sections.a", "sections.a[0]", "say",
            "play",
            "menu", "collect", "record", "set", "branch", "request", "transfer", "hand_over", "go", "hang_up",
        ]
        for key in keys {
            for value in values {
                let yaml =
                    switch key {
                    case "sections": "sections: \(value)"
                    case "sections.a": "sections: {a: \(value)}"
                    case "sections.a[0]": "sections: {a: [\(value)]}"
                    case "name", "language", "variables", "begin", "maximum_steps":
                        "\(key): \(value)\nsections: {a: [hang_up]}"
                    default: "sections:\n  a:\n    - \(key): \(value)"
                    }
                // Either it has a meaning, or every fault has a place and says what to do.
                for fault in FlowFixture.faults(yaml) {
                    #expect(fault.prefixMatch(of: #/[0-9]+:[0-9]+: /#) != nil && fault.contains("; "), "\(yaml)")
                }
            }
        }
    }

    @Test("faults without number are told up to a bound")
    func manyFaults() throws {
        let steps = String(repeating: "    - sy: x\n", count: 450)
        let yaml = "sections:\n" + (0..<20).map { "  s\($0):\n\(steps)" }.joined()
        let error = #expect(throws: ConfigurationError.self) { try FlowFixture.load(yaml) }
        #expect(error?.faults.count == ConfigurationError.maximumFaults)
        #expect(error?.faults.first?.description == "3:7: sections.s0[0].sy: is no kind of step; did you mean `say`?")
    }

    @Test("lists that aliases repeat count each time")
    func repeated() throws {
        let ways = Array(repeating: "{when: call.from is empty, go: hang_up}", count: 500).joined(separator: ", ")
        let steps = Array(repeating: "*b", count: 500).joined(separator: ", ")
        let sections = (0..<450).map { "s\($0): *l" }.joined(separator: ", ")
        let yaml = "x-b: &b {branch: [\(ways)]}\nx-l: &l [\(steps)]\nsections: {\(sections)}"
        let faults = FlowFixture.faults(yaml)
        #expect(faults.contains { $0.contains("comes after 100000 values") })
        #expect(faults.count == 1)
    }

    @Test("what a call puts into a text is bounded", arguments: [1, 200])
    func filled(count: Int) throws {
        let value = String(repeating: "e\u{301}", count: 100_000)
        let bounded = FlowVariables.of(CallStart(callID: CallID("1"), streamID: "1", platform: value))
        #expect(bounded["call.platform"]?.unicodeScalars.count == FlowVariables.maximumLength)
        let text = try FlowText(String(repeating: "{{call.platform}}", count: count))
        let filled = text.filled(bounded).utf8.count
        #expect(filled <= FlowText.maximumFilledBytes + 2 * FlowVariables.maximumLength)
        #expect(filled >= 4_096)
    }
}

// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import BridgeConfiguration
@testable import ConfigurationReading

@Suite("Environment variables in values")
struct InterpolationTests {
    private static let environment = ["A": "1", "EMPTY": "", "NESTED": "${A}", "_x9": "under"]

    @Test(
        "filled in",
        arguments: [
            ("plain", "plain"), ("${A}", "1"), ("a${A}b${A}c", "a1b1c"), ("$$", "$"), ("$${A}", "${A}"),
            ("$$$${A}", "$${A}"), ("$$${A}", "$1"), ("${EMPTY}", ""), ("${EMPTY:-d}", "d"), ("${GONE:-d}", "d"),
            ("${GONE:-}", ""), ("${GONE:-a:-b}", "a:-b"), ("${NESTED}", "${A}"), ("${_x9}", "under"),
            ("${GONE:-$}", "$"), ("é${A}é", "é1é"), ("e${A}\u{301}", "e1\u{301}"),
        ]
    )
    func filled(_ text: String, _ expected: String) throws {
        #expect(try Interpolation.fill(text, from: Self.environment) == expected)
    }

    @Test(
        "refused",
        arguments: [
            ("$", .loneDollar), ("$A", .loneDollar), ("a$ b", .loneDollar), ("${A", .unclosed), ("${", .unclosed),
            ("${}", .badName), ("${1A}", .badName), ("${A B}", .badName), ("${:-d}", .badName), ("${é}", .badName),
            ("${GONE}", .missing(name: "GONE")), ("${A}${B}", .missing(name: "B")),
        ] as [(String, Interpolation.Fault)]
    )
    func refused(_ text: String, _ fault: Interpolation.Fault) {
        #expect(throws: fault) { try Interpolation.fill(text, from: Self.environment) }
    }

    @Test("an escaped text comes back", arguments: ["", "$", "$$", "${A}", "a$b", "$\u{301}"])
    func escaped(_ text: String) throws {
        #expect(try Interpolation.fill(Interpolation.escape(text), from: [:]) == text)
    }
}

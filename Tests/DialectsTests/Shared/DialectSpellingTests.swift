// SPDX-License-Identifier: Apache-2.0

import CallModel
import Dialects
import Testing

/// A message means the same in whichever order its keys come, with white space, with escapes, and with keys nobody knows.
@Suite struct DialectSpellingTests {
    /// Ways of writing one JSON value.
    enum Spelling: CaseIterable, Sendable {
        case reversed
        case escaped
        case spaced
        case extended

        func write(_ value: JSONValue) -> String {
            switch value {
            case .null: return "null"
            case .flag(let flag): return "\(flag)"
            case .number(let number): return number
            case .string(let text): return write(text)
            case .array(let values): return "[" + values.map(write).joined(separator: comma) + "]"
            case .object(let members):
                let names = members.keys.sorted()
                var pairs = (self == .reversed ? names.reversed() : names).map { name in
                    write(name) + (self == .spaced ? " : " : ":") + write(members[name] ?? .null)
                }
                if self == .extended {
                    let unknown = #""x":{"event":"stop","a":[{"payload":"AAAA","media":null}],"b":"\"}{"}"#
                    pairs.insert(unknown, at: 0)
                    pairs.append(#""y":[1,2.5e3,true,null,"stop"]"#)
                }
                return "{" + pairs.joined(separator: comma) + "}"
            }
        }

        private var comma: String { self == .spaced ? " ,\r\n\t" : "," }

        /// Text between quotes; no golden message holds what JSON must escape.
        private func write(_ text: String) -> String {
            guard self == .escaped else { return #"""# + text + #"""# }
            var written = ""
            for (index, unit) in text.utf16.enumerated() {
                if unit == UInt16(UInt8(ascii: "/")) {
                    written += #"\/"#
                } else if index.isMultiple(of: 3) {
                    let digits = String(unit, radix: 16)
                    written += #"\u"# + String(repeating: "0", count: 4 - digits.count) + digits
                } else {
                    written += String(UnicodeScalar(unit) ?? "?")
                }
            }
            return #"""# + written + #"""#
        }
    }

    /// Names that add no parameters of their own to a start.
    private static func withoutUnknown(_ event: CallEvent) -> CallEvent {
        guard case .start(var start) = event else { return event }
        start.parameters = start.parameters.filter { pair in
            let names = pair.key.split(separator: ".")
            return !names.contains("x") && names.last != "y"
        }
        return .start(start)
    }

    @Test(arguments: DialectMessages.all.map(\.name), Spelling.allCases)
    func everyMessageMeansTheSame(name: DialectName, spelling: Spelling) throws {
        let messages = try #require(DialectMessages.all.first { $0.name == name }).messages
        var plain = try Dialect(name: name) { 7 }
        var other = try Dialect(name: name) { 7 }
        for message in messages {
            let expected = try plain.event(message)
            let spelled = spelling.write(try JSONDocument.parse(Array(message.utf8)))
            #expect(Self.withoutUnknown(try other.event(spelled)) == Self.withoutUnknown(expected), "\(spelled)")
            #expect(other.media == plain.media)
        }
    }
}

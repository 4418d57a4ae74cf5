// SPDX-License-Identifier: Apache-2.0
import Bots
import BridgeConfiguration
import CallModel
import Testing

@testable import voicebridge

@Suite("Reference of the configuration")
struct ConfigurationReferenceTests {
    private static let sections = [
        "listen.", "admin.", "limits.", "drain.", "logging.", "records.", "webhooks.", "observability.", "tenants.",
        "recording.",
        "routes.",
        "receivers.",
    ]
    /// Keys of entries that the smallest file does not have, and so none of their defaults.
    private static let entries = ["receivers.", "tenants.limits.", "webhooks.endpoints.", "observability.traces."]
    private static let path = "Sources/VoiceBridge/VoiceBridge.docc/Configuration.md"

    /// Default by key, as the article's tables say.
    private func documented() throws -> [String: String] {
        let rows = try Document(Self.path).codeRows()
        let pairs = try rows.map { row in (row[0], try #require(row.count == 4 ? row[2] : nil)) }
        return Dictionary(pairs) { first, _ in
            Issue.record("a key stands there twice")
            return first
        }
    }

    /// Value by dotted key, as the smallest configuration is printed.
    private func printed() throws -> [String: String] {
        let smallest = try ReferenceConfiguration.load("routes:\n  - authentication: {bearer: t0ken}")
        var values: [String: String] = [:]
        var sections: [(depth: Int, name: String)] = []
        for line in smallest.yaml(bots: [], dialects: []).split(separator: "\n") {
            let content = line.drop { $0 == " " || $0 == "-" }
            let depth = line.count - content.count
            let colon = try #require(content.firstIndex(of: ":"))
            sections.removeAll { $0.depth >= depth }
            let path = (sections.map(\.name) + [String(content[..<colon])]).joined(separator: ".")
            let value = content[content.index(after: colon)...].drop { $0 == " " }
            if value.isEmpty {
                sections.append((depth, String(content[..<colon])))
            } else {
                values[path] = value.trimming { $0 == "\"" }
            }
        }
        return values
    }

    @Test("has every key that is printed, with the default that is printed")
    func defaults() throws {
        let documented = try documented()
        let printed = try printed()
        #expect(printed.count > 40)
        for (key, value) in printed where key != "routes.authentication.bearer" {
            if value == "{}" { continue }
            #expect(documented[key] == value, "\(key)")
        }
    }

    @Test("has no other key, but for those without a value, which the sample shows")
    func nothingElse() throws {
        let printed = try printed()
        let sample = try Document("deploy/voicebridge.yaml").text + "plain: i_know: none:"
        for (key, value) in try documented() where Self.sections.contains(where: key.hasPrefix) && printed[key] == nil {
            let name = try #require(key.split(separator: ".").last)
            #expect(value == "none" || Self.entries.contains(where: key.hasPrefix), "\(key)")
            let spellings = ["\(name):", "`\(name)`", "`\(name):"]
            #expect(spellings.contains { sample.contains($0) }, "\(key)")
        }
    }

    @Test("has the options of every bot, dialect, receiver and call control")
    func options() throws {
        let documented = try documented()
        var expected: [String: String] = [:]
        for bot in BuiltInBots.descriptions {
            for option in bot.options { expected["\(bot.name).\(option.name)"] = Self.shown(option) }
        }
        for dialect in BuiltInDialects.schemas {
            for option in dialect.options { expected["\(dialect.name).\(option.name)"] = Self.shown(option) }
        }
        for kind in BuiltInReceivers.schemas {
            for option in kind.options { expected["\(kind.name).\(option.name)"] = Self.shown(option) }
        }
        for control in BuiltInCallControls.schemas {
            for option in control.options {
                expected["call_control.\(control.name).\(option.name)"] = Self.shown(option)
            }
        }
        #expect(expected.count >= 15)
        let found = documented.filter { pair in !Self.sections.contains(where: pair.key.hasPrefix) }
        #expect(found == expected)
    }

    private static func shown(_ option: BotOption) -> String {
        switch option.defaultValue {
        case nil: "none"
        case .text(let text): text
        case .flag(let flag): "\(flag)"
        case .integer(let integer): "\(integer)"
        case .duration(let duration): DurationText.write(duration)
        case .secret, .list, .map: "described in words"
        }
    }
}

extension Substring {
    /// The text without characters at both ends that `isTrimmed` names.
    fileprivate func trimming(_ isTrimmed: (Character) -> Bool) -> String {
        var text = self
        while let first = text.first, isTrimmed(first) { text.removeFirst() }
        while let last = text.last, isTrimmed(last) { text.removeLast() }
        return String(text)
    }
}

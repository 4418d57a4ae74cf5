// SPDX-License-Identifier: Apache-2.0
import Bots
import BridgeConfiguration
import CallModel
import Testing

@testable import voicebridge

@Suite("Article of flows")
struct FlowArticleTests {
    private let article: Document

    init() throws { article = try Document("Sources/VoiceBridge/VoiceBridge.docc/Flows.md") }

    private static func load(_ yaml: String) throws -> Flow {
        try Flow.load(yaml: yaml, file: "article.yaml") { _ in [] }.flow
    }

    @Test("the flow loads, and the configuration that names it")
    func blocks() throws {
        let blocks = try #require(article.blocks("yaml").count == 4 ? article.blocks("yaml") : nil)
        #expect(try Self.load(blocks[0]).sections.count == 6)
        let route = try #require(try ReferenceConfiguration.load(blocks[1]).routes.first)
        #expect(route.bot == "flow")
        #expect(route.botOptions.text("file") == "/etc/voicebridge/orders.yaml")
        #expect(route.botOptions.map("variables")?.keys.sorted() == ["desk"])
        #expect(try Self.load(blocks[2]).kinds.contains(.detect))
        #expect(try Self.load(blocks[3]).kinds.contains(.sms))
    }

    @Test("the conversation in text is what the program writes")
    func transcript() throws {
        let flow = try Self.load(try #require(article.blocks("yaml").first))
        let told = try #require(article.blocks("").first).split(separator: "\n").map(String.init)
        try #require(told.first == "$ voicebridge flow try orders.yaml")
        var typed = told.filter { $0.hasPrefix("> ") }.map { String($0.dropFirst(2)) }
        var written: [String] = []
        var trial = FlowTrial(
            flow,
            call: [:],
            readLine: {
                guard !typed.isEmpty else { return nil }
                let line = typed.removeFirst()
                written.append("> \(line)")
                return line
            },
            write: { written.append($0) }
        )
        let isWhole = trial.run()
        #expect(isWhole)
        #expect(written == Array(told.dropFirst()))
        #expect(typed.isEmpty)
    }

    /// The settings that a step takes, as it says them itself when it is given another.
    private static func settings(of step: String) -> [String] {
        let yaml = "sections: {a: [{\(step): {nosuchsettingatall: 1}}]}"
        guard let text = #expect(throws: (any Error).self, performing: { try load(yaml) }).map({ "\($0)" }) else {
            return []
        }
        let line = text.split(separator: "\n").first { $0.contains("nosuchsettingatall") }
        let names = line?.split(separator: "known here: ").dropFirst().first?.split(separator: ", ").map(String.init)
        return (names ?? []).sorted()
    }

    @Test("the table has every step that takes settings, and all of them")
    func steps() throws {
        let rows = article.codeRows().filter { $0.count == 3 }
        let kinds = FlowStep.Kind.allCases.filter { ![.set, .branch, .go].contains($0) }
        #expect(Set(rows.map { $0[0] }) == Set(kinds.map(\.rawValue)))
        for row in rows {
            let told = row[2].split(separator: ", ").map { $0.filter { $0 != "`" } }.sorted()
            #expect(told == Self.settings(of: row[0]), "\(row[0])")
        }
    }

    @Test("the table of variables has those that are known, and each condition is one")
    func variables() throws {
        let rows = article.codeRows().filter { $0.count == 2 }
        let known = rows.map { $0[0] }.filter { $0.hasPrefix("call.") || $0.hasPrefix("request.") }
        #expect(known == FlowVariables.known)
        let conditions = rows.map { $0[0] }.filter { !known.contains($0) }
        #expect(conditions.count == 6)
        for condition in conditions { _ = try FlowCondition(condition) }
    }
}

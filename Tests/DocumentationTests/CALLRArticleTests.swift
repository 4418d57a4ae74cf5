// SPDX-License-Identifier: Apache-2.0
import Bots
import BridgeConfiguration
import CallModel
import Foundation
import Testing

@testable import voicebridge

@Suite("Article of flows on CALLR")
struct CALLRArticleTests {
    private let article: Document

    init() throws { article = try Document("Sources/VoiceBridge/VoiceBridge.docc/FlowOnCALLR.md") }

    @Test("the configuration loads, and its path is the one of the table")
    func configuration() throws {
        let block = try #require(article.blocks("yaml").first)
        let receiver = try #require(try ReferenceConfiguration.load(block).receivers.first)
        #expect(receiver.kind == "callr")
        #expect(receiver.options.text("bot") == "flow")
        #expect(article.text.contains("`https://HOST\(receiver.path)`"))
    }

    @Test("the table of steps has every kind, each once")
    func steps() throws {
        let told = article.codeRows().flatMap { row in
            row[0].components(separatedBy: "`").filter { FlowStep.Kind(rawValue: $0) != nil }
        }
        let kinds = FlowStep.Kind.allCases.map(\.rawValue)
        #expect(told.sorted() == (kinds + ["transfer"]).sorted())
    }
}

import Bots
// SPDX-License-Identifier: Apache-2.0
import BridgeConfiguration
import CallModel
import Testing

@testable import voicebridge

@Suite("Code in the documentation")
struct CodeBlockTests {
    private static let catalogue = "Sources/VoiceBridge/VoiceBridge.docc"
    private static let snippets = "Tests/DocumentationTests"

    @Test(
        "every Swift block is code that is compiled here",
        arguments: [
            ("README.md", ["Snippets/Switchboard.swift"]),
            ("\(catalogue)/VoiceBridge.md", ["Snippets/Switchboard.swift"]),
            (
                "\(catalogue)/FirstBot.md",
                ["Snippets/FirstBot.swift", "SnippetTests.swift", "Snippets/ServeFirstBot.swift"]
            ),
            ("\(catalogue)/TurnsAndBargeIn.md", ["Snippets/Listener.swift", "Snippets/Listener.swift"]),
            (
                "\(catalogue)/BringYourOwnSpeech.md",
                [
                    "Snippets/BringYourOwnSpeech.swift", "Snippets/BringYourOwnSpeech.swift",
                    "Snippets/BringYourOwnSpeech.swift", "Snippets/BringYourOwnSpeech.swift", "SnippetTests.swift",
                    "Snippets/BringYourOwnSpeech.swift",
                ]
            ),
            ("\(catalogue)/WhoAnswered.md", ["Snippets/LeaveMessage.swift"]),
            ("\(catalogue)/RealtimeModel.md", ["Snippets/BookTable.swift", "Snippets/ServeRealtime.swift"]),
        ]
    )
    func compiled(path: String, files: [String]) throws {
        let blocks = try Document(path).blocks("swift")
        try #require(blocks.count == files.count)
        for (block, file) in zip(blocks, files) {
            let source = try Document("\(Self.snippets)/\(file)").text
            #expect(Document.bare(source).contains(Document.bare(block)), "\(file)")
        }
    }

    @Test(
        "every YAML block is a configuration that loads",
        arguments: [
            "README.md", "\(catalogue)/FirstBot.md", "\(catalogue)/Configuration.md", "\(catalogue)/RealtimeModel.md",
            "\(catalogue)/Production.md", "\(catalogue)/Tenants.md",
        ]
    )
    func loads(path: String) throws {
        let blocks = try Document(path).blocks("yaml")
        try #require(!blocks.isEmpty)
        for block in blocks {
            let configuration = try ReferenceConfiguration.load(block)
            #expect(!configuration.routes.isEmpty)
        }
    }

    @Test("speech of one's own: a configuration and a table of intents that load")
    func speech() throws {
        let blocks = try Document("\(Self.catalogue)/BringYourOwnSpeech.md").blocks("yaml")
        try #require(blocks.count == 2)
        let route = try #require(try ReferenceConfiguration.load(blocks[0]).routes.first)
        #expect(route.bot == "speech-pipeline")
        let settings = try ServicePipelineSettings(route.botOptions, environment: [:])
        #expect(settings.generator.transfers["workshop"] == .extension("204"))
        let table = try IntentTable.load(yaml: blocks[1], file: "garage.yaml")
        #expect(table.phrases.count == 6)
    }
}

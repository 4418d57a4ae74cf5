// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import BridgeConfiguration
import CallModel
import Testing

@testable import voicebridge

@Suite("Article of calls that are placed")
struct PlaceCallsArticleTests {
    private let article: Document

    init() throws { article = try Document("Sources/VoiceBridge/VoiceBridge.docc/PlaceCalls.md") }

    @Test("what the commands print is what the program prints")
    func commands() throws {
        let blocks = article.blocks("")
        try #require(blocks.count == 2)
        for block in blocks {
            let end = try #require(block.firstIndex(of: "\n"))
            let words = block[..<end].split(separator: " ").map(String.init)
            try #require(words.prefix(2) == ["$", "voicebridge"] && words.last == "--dry-run")
            let command = try VoiceBridgeCommand.parseAsRoot(Array(words.dropFirst(2)))
            let task = try #require(command as? any PlatformCommand).task()
            #expect(task.preview(json: false).trimmed == block[end...].dropFirst().trimmed)
        }
    }

    @Test("the table has every command that asks a platform")
    func table() throws {
        let rows = article.codeRows().map { $0[0] }
        var commands: [String] = []
        for command in [DialIVRSolutions.self, DialDigo.self, SMSCommand.self] as [any ParsableCommand.Type] {
            let name = try #require(command.configuration.commandName)
            for part in command.configuration.subcommands {
                let word = try #require(part.configuration.commandName)
                commands.append(command == SMSCommand.self ? "sms \(word)" : "dial \(name) \(word)")
            }
        }
        #expect(rows == commands)
    }

    @Test("the configuration loads")
    func configuration() throws {
        let configuration = try ReferenceConfiguration.load(try #require(article.blocks("yaml").first))
        #expect(configuration.routes.first?.botOptions.text("sms_from") == "SHOP")
        #expect(configuration.receivers.map(\.kind) == ["digo-delivery-reports"])
    }
}

extension StringProtocol {
    /// The text without line ends at its end.
    fileprivate var trimmed: String {
        var text = String(self)
        while text.last?.isNewline == true { text.removeLast() }
        return text
    }
}

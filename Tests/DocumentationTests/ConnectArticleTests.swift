// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import BridgeConfiguration
import Dialects
import Testing
import VoiceBridgeTesting

@testable import voicebridge

@Suite("Articles of the platforms")
struct ConnectArticleTests {
    private static let catalogue = "Sources/VoiceBridge/VoiceBridge.docc"

    /// The article of a dialect.
    private static func article(of name: DialectName) -> String {
        switch name {
        case .ivrSolutions: "ConnectIVRSolutions"
        case .exotel: "ConnectExotel"
        case .twilio: "ConnectTwilio"
        case .plivo: "ConnectPlivo"
        case .telnyx: "ConnectTelnyx"
        case .vonage: "ConnectVonage"
        case .asterisk: "ConnectAsterisk"
        case .jambonz: "ConnectJambonz"
        case .genesys: "ConnectGenesys"
        case .ozonetel: "ConnectOzonetel"
        }
    }

    private static func document(of name: DialectName) throws -> Document {
        try Document("\(catalogue)/\(article(of: name)).md")
    }

    @Test("the route loads, is of the dialect, and asks for something", arguments: DialectName.allCases)
    func route(name: DialectName) throws {
        let document = try Self.document(of: name)
        let blocks = document.blocks("yaml")
        try #require(blocks.count == 1)
        let configuration = try ReferenceConfiguration.load(blocks[0])
        try #require(!configuration.routes.isEmpty)
        for route in configuration.routes {
            #expect(route.dialect == name.rawValue)
            #expect(!route.authentication.isOpen)
            #expect(document.text.contains("bot.example.net\(route.path)") || name == .genesys || name == .twilio)
        }
        // What the wire cannot, the route can.
        #expect((configuration.routes[0].callControl == nil) == name.details.overHTTP.isEmpty)
        for receiver in configuration.receivers where receiver.kind != "plivo-transfer" {
            #expect(document.text.contains("https://bot.example.net\(receiver.path)"), "\(receiver.path)")
        }
    }

    @Test("every command is one that the program takes", arguments: DialectName.allCases)
    func commands(name: DialectName) throws {
        let document = try Self.document(of: name)
        let lines = document.blocks("").flatMap { $0.split(separator: "\n") }.filter { $0.hasPrefix("$ ") }
        try #require(!lines.isEmpty)
        let paths = try ReferenceConfiguration.load(try #require(document.blocks("yaml").first)).routes.map(\.path)
        for line in lines {
            let words = Self.words(line.dropFirst(2))
            #expect(words.first == "voicebridge")
            let command = try VoiceBridgeCommand.parseAsRoot(Array(words.dropFirst()))
            #expect(paths.contains { path in words[2].hasPrefix("wss://bot.example.net\(path)") }, "\(line)")
            if let call = command as? voicebridge.CallCommand {
                #expect(call.platform.rawValue == name.rawValue)
            } else {
                let check = try #require(command as? CheckCommand)
                let yaml = try #require(document.blocks("yaml").first)
                #expect(yaml.contains("\(check.platform.key):"), "\(line)")
            }
        }
    }

    @Test("the catalogue and the README name each", arguments: DialectName.allCases)
    func linked(name: DialectName) throws {
        let article = Self.article(of: name)
        #expect(try Document("\(Self.catalogue)/VoiceBridge.md").text.contains("- <doc:\(article)>"))
        let title = try #require(try Self.document(of: name).text.split(separator: "\n").first?.dropFirst(2))
        #expect(try Document("README.md").text.contains("[\(title)](\(Self.catalogue)/\(article).md)"))
    }

    /// A command line cut into words, quotes and all between them one word.
    private static func words(_ line: Substring) -> [String] {
        var words: [String] = []
        var word = ""
        var isQuoted = false
        for character in line {
            switch character {
            case "\"": isQuoted.toggle()
            case " " where !isQuoted:
                if !word.isEmpty { words.append(word) }
                word = ""
            default: word.append(character)
            }
        }
        return word.isEmpty ? words : words + [word]
    }
}

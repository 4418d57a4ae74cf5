// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Dialects
import Foundation
import Testing

@testable import voicebridge

@Suite("README")
struct ReadmeTests {
    private let readme: Document

    init() throws { readme = try Document("README.md") }

    @Test("names every dependency, and no other")
    func dependencies() throws {
        let package = try Document("Package.swift").text
        let named = package.matches(of: /\.package\(url: "[^"]*\/([^"\/]+)"/).map { String($0.output.1) }
        try #require(named.count >= 6)
        let section = readme.text.split(separator: "\n").drop { $0 != "## Dependencies" }.dropFirst()
            .prefix { !$0.hasPrefix("## ") }
        let rows = section.filter { $0.hasPrefix("| ") }
        let table = rows.joined(separator: "\n")
        for name in named { #expect(table.contains("| \(name) |"), "\(name)") }
        // Five of the table's rows are the system's OpenSSL, zlib, PocketSphinx, flite and libopusenc, one is its head.
        #expect(rows.count == named.count + 6)
    }

    @Test("names every room")
    func rooms() throws {
        let folder = Document.root.appendingPathComponent("Sources").path
        let rooms = try FileManager.default.contentsOfDirectory(atPath: folder).filter { !$0.hasPrefix(".") }
        try #require(rooms.count >= 15)
        for room in rooms { #expect(readme.text.contains("`Sources/\(room)`"), "\(room)") }
    }

    @Test("names every command")
    func commands() throws {
        let subcommands = VoiceBridgeCommand.configuration.subcommands
        try #require(subcommands.count >= 6)
        for command in subcommands {
            let name = try #require(command.configuration.commandName)
            #expect(readme.text.contains("| `voicebridge \(name)"), "\(name)")
        }
    }

    @Test("names targets of the Makefile that are there", arguments: ["README.md", "CONTRIBUTING.md", ".ci/run"])
    func targets(path: String) throws {
        let makefile = try Document("Makefile").text
        let named = Set(try Document(path).text.matches(of: /make ([a-z-]+)/).map { String($0.output.1) })
        for name in named where !["install", "sure"].contains(name) {
            #expect(makefile.contains("\n\(name): "), "\(name)")
        }
    }

    @Test("has the matrix of platforms as the dialects' own tables make it")
    func matrix() throws {
        let rows = [DialectRow.header, DialectRow.header.map { _ in "---" }] + DialectName.matrix().map(\.cells)
        let made = rows.map { row in
            row[0] == "---" ? "|" + row.joined(separator: "|") + "|" : "| " + row.joined(separator: " | ") + " |"
        }
        let lines = readme.text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        let written = Array(lines.drop { !$0.hasPrefix("| Platform |") }.prefix { $0.hasPrefix("|") })
        #expect(written == made, "put this into README.md:\n\(made.joined(separator: "\n"))")
    }
}

// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Testing

@testable import voicebridge

@Suite("voicebridge check: its flags")
struct CheckCommandTests {
    @Test(
        "what goes together is taken",
        arguments: [
            ["--as", "bearer", "--secret-environment", "A"], ["--as", "query-token", "--secret-file", "A"],
            ["--as", "basic", "--user", "u", "--secret-file", "A"],
            ["--as", "header", "--field", "X-Key", "--secret-file", "A"],
            ["--as", "genesys", "--secret-file", "A", "--api-key-file", "B"],
            ["--as", "genesys", "--secret-environment", "A", "--api-key-environment", "B"],
        ]
    )
    func taken(flags: [String]) throws { _ = try CheckCommand.parse(["wss://bot.example.net/v1"] + flags) }

    @Test(
        "what does not is refused, and said",
        arguments: [
            (["--as", "bearer"], "give one of --secret-environment and --secret-file"),
            (["--as", "bearer", "--secret-file", "A", "--secret-environment", "B"], "give one of"),
            (["--as", "basic", "--secret-file", "A"], "--user goes with --as basic"),
            (["--as", "bearer", "--user", "u", "--secret-file", "A"], "--user goes with --as basic"),
            (["--as", "header", "--secret-file", "A"], "--field goes with --as header"),
            (["--as", "twilio", "--field", "X", "--secret-file", "A"], "--field goes with --as header"),
            (["--as", "genesys", "--secret-file", "A"], "goes with --as genesys"),
            (["--as", "plivo", "--secret-file", "A", "--api-key-file", "B"], "goes with --as genesys"),
            (["--as", "nobody", "--secret-file", "A"], "nobody"),
        ]
    )
    func refused(flags: [String], words: String) {
        #expect {
            _ = try CheckCommand.parse(["wss://bot.example.net/v1"] + flags)
        } throws: { error in
            CheckCommand.message(for: error).contains(words)
        }
    }

    @Test("a URL of another kind is refused")
    func url() {
        #expect(throws: (any Error).self) {
            try CheckCommand.parse(["https://bot.example.net", "--as", "twilio", "--secret-file", "A"])
        }
    }
}

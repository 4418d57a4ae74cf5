// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Testing

@testable import voicebridge

@Suite struct WebhooksCommandTests {
    @Test(arguments: [
        (["list"], "give one of --spool FILE and --config FILE"),
        (["list", "--spool", "a", "--limit", "0"], "--limit: must be at least 1"),
        (["retry", "--spool", "a"], "give the events, or --all"),
        (["retry", "--spool", "a", "--all", "7"], "give the events, or --all"),
        (["drop", "--spool", "a"], "Missing expected argument '<events> ...'"),
        (["drop", "7"], "give one of --spool FILE and --config FILE"),
        (["test"], "Missing expected argument '<target>'"),
        (["test", "crm"], "'crm' is no URL"),
        (["test", "https://user@a.example"], "is no URL"),
        (["test", "http://a.example/"], "http://a.example/ is not encrypted; give https, or add --plain"),
        (["test", "https://a.example", "--timeout", "0"], "--timeout: give 1 to 60 seconds"),
        (["test", "https://a.example", "--algorithm", "md5"], "The value 'md5' is invalid"),
        (["test", "https://a.example", "--secret-file", "a", "--secret-environment", "B"], "give one of --secret-"),
        (["test", "crm", "--config", "a.yaml", "--plain"], "--config says secret, algorithm, timeout and plain"),
    ])
    func `Wrong use is named`(arguments: [String], words: String) throws {
        let error = #expect(throws: (any Error).self) { try WebhooksCommand.parseAsRoot(arguments) }
        #expect(WebhooksCommand.fullMessage(for: try #require(error)).contains(words))
    }

    @Test(arguments: [
        ["test", "https://a.example:8443/x?y=1"], ["test", "http://127.0.0.1:9000"], ["test", "http://[::1]/"],
        ["test", "http://a.example", "--plain", "--timeout", "60", "--algorithm", "sha512"],
        ["test", "crm", "--config", "voicebridge.yaml"], ["retry", "--spool", "a", "7", "8"],
        ["list", "--config", "voicebridge.yaml", "--waiting", "--json"],
        ["drop", "--spool", "a", "7", "--endpoint", "crm"],
    ])
    func `Right use is taken`(arguments: [String]) throws {
        _ = try WebhooksCommand.parseAsRoot(arguments)
    }
}

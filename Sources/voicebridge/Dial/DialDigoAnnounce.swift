// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import PlatformAPIs

/// `voicebridge dial digo announce`.
struct DialDigoAnnounce: PlatformCommand {
    static let configuration = CommandConfiguration(
        commandName: "announce",
        abstract: "Calls somebody and reads an announcement, such as a one-time password.",
        discussion: "Two requests: one adds the number to a list, with what is read; one calls."
    )
    static let word = "dial"

    @OptionGroup var account: DialDigo.Account
    @OptionGroup var sending: SendingOptions

    @Option(help: "Who is called.")
    var to: String

    @Option(help: "The list's id.")
    var list: String

    @Option(
        name: .customLong("field"),
        help: "What is read, as NUMBER=TEXT; the document's one-time password is field 5. May be repeated."
    )
    var fields: [String] = []

    @Option(help: "The environment variable with the announcement's key.")
    var keyEnvironment: String?

    @Option(help: "The file with the announcement's key.")
    var keyFile: String?

    var secrets: [SecretSource] { [account.token.source, key] }

    private var key: SecretSource { SecretSource(name: "key", environment: keyEnvironment, file: keyFile) }

    mutating func validate() throws {
        for secret in secrets { try secret.check(isRequired: !sending.dryRun) }
        _ = try numbered()
    }

    func task() throws -> PlatformTask {
        let requests = try account.requests(sending)
        let lead = DigoLead(list: list, number: to, fields: try numbered())
        let key = try key.read(isDryRun: sending.dryRun)
        return PlatformTask(
            platform: requests.platform,
            plans: [try requests.add(lead), try requests.announce(to: to, key: key)]
        ) { requests.outcome(of: $0) }
    }

    private func numbered() throws -> [Int: String] {
        var numbered: [Int: String] = [:]
        for field in fields {
            guard let equals = field.firstIndex(of: "="), let number = Int(field[..<equals]), number > 0 else {
                throw ValidationError("--field '\(field.prefix(64))': write NUMBER=TEXT, the number from 1")
            }
            guard numbered.updateValue(String(field[field.index(after: equals)...]), forKey: number) == nil else {
                throw ValidationError("--field \(number) stands there twice; keep one")
            }
        }
        return numbered
    }
}

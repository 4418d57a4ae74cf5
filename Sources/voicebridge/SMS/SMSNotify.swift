// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Dialects
import PlatformAPIs

/// `voicebridge sms notify`.
struct SMSNotify: PlatformCommand {
    static let configuration = CommandConfiguration(
        commandName: "notify",
        abstract: "Sends messages to many, which the platform does when it gets to it.",
        discussion: """
            Either --to, as often as there are people, with one --text for all, or --recipients with a file of JSON lines, \
            each {"to": NUMBER, "text": TEXT}; - is standard input. At most 100,000 people.
            """
    )
    static let word = "sms"

    @OptionGroup var account: SMSCommand.Account
    @OptionGroup var sending: SendingOptions

    @Option(help: "The campaign's name.")
    var name: String

    @Option(help: "A number, with the country's code. May be repeated.")
    var to: [String] = []

    @Option(help: "The text for every --to, at most 1000 characters.")
    var text: String?

    @Option(help: "A file of JSON lines, or - for standard input.")
    var recipients: String?

    var secrets: [SecretSource] { account.secrets }

    mutating func validate() throws {
        for secret in secrets { try secret.check(isRequired: !sending.dryRun) }
        guard recipients == nil ? !to.isEmpty && text != nil : to.isEmpty && text == nil else {
            throw ValidationError("give --to with --text, or --recipients alone")
        }
    }

    func task() throws -> PlatformTask {
        let requests = try account.requests(sending)
        let transaction = try account.transaction ?? DigoMessages.randomTransaction()
        var campaign = DigoCampaign(
            name: name,
            from: account.from,
            transaction: transaction,
            to: try recipients.map(SMSRecipients.read) ?? to.map { .init(to: $0, text: text ?? "") }
        )
        campaign.shortensLinks = account.shortenLinks
        campaign.registration = account.registration.registration
        return PlatformTask(
            platform: DigoMessageRequests.platform,
            plans: [try requests.notify(campaign)],
            members: ["transaction": transaction]
        ) { requests.outcome(ofNotify: $0) }
    }
}

// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import PlatformAPIs

/// `voicebridge sms push`.
struct SMSPush: PlatformCommand {
    static let configuration = CommandConfiguration(commandName: "push", abstract: "Sends one message at once.")
    static let word = "sms"

    @OptionGroup var account: SMSCommand.Account
    @OptionGroup var sending: SendingOptions

    @Option(help: "The number it goes to, with the country's code.")
    var to: String

    @Option(help: "The text, at most 1000 characters.")
    var text: String

    @Option(help: "What it is for, which decides by what rules it is sent.")
    var type: DigoMessage.Purpose = .transactional

    @Option(help: "Where its delivery is told, a URL of a receiver `digo-delivery-reports`.")
    var reportURL: String?

    @Flag(inversion: .prefixedNo, help: "Tell failures there too.")
    var reportFailures = true

    var secrets: [SecretSource] { account.secrets }

    func task() throws -> PlatformTask {
        let requests = try account.requests(sending)
        let transaction = try account.transaction ?? DigoMessages.randomTransaction()
        var message = DigoMessage(from: account.from, to: to, text: text, transaction: transaction)
        message.purpose = type
        message.shortensLinks = account.shortenLinks
        message.report = reportURL.map { .init(url: $0, includesFailures: reportFailures) }
        message.registration = account.registration.registration
        return PlatformTask(
            platform: DigoMessageRequests.platform,
            plans: [try requests.send(message)],
            members: ["transaction": transaction]
        ) { requests.outcome(of: $0) }
    }
}

extension DigoMessage.Purpose: ExpressibleByArgument {}

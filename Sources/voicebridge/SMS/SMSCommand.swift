// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import CallModel
import PlatformAPIs

/// `voicebridge sms …`: sends text messages through Digo Engage.
struct SMSCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sms",
        abstract: "Sends a text message through Digo Engage, to one or to many.",
        discussion: """
            --dry-run prints the request and sends nothing. Secrets come from environment variables or files.

            Exit status 0 when the platform took the messages on, 1 when not, 64 for wrong use.
            """,
        subcommands: [SMSPush.self, SMSNotify.self]
    )

    /// What both are told.
    struct Account: ParsableArguments {
        @OptionGroup var token: TokenOptions

        @Option(help: "The environment variable with the whole value of X-Authorization.")
        var serviceTokenEnvironment: String?

        @Option(help: "The file with the whole value of X-Authorization.")
        var serviceTokenFile: String?

        @Option(help: "What stands before the platform's paths.")
        var base = DigoMessageRequests.base

        @Option(help: "The registered sender.")
        var from: String

        @Option(help: "Our own id of the message, which reports of its delivery name; random if left out.")
        var transaction: String?

        @Flag(help: "Shorten the URLs in the text.")
        var shortenLinks = false

        @OptionGroup var registration: SMSRegistrationOptions

        var secrets: [SecretSource] { [token.source, service] }

        private var service: SecretSource {
            SecretSource(name: "service-token", environment: serviceTokenEnvironment, file: serviceTokenFile)
        }

        /// The account's requests.
        func requests(_ sending: SendingOptions) throws -> DigoMessageRequests {
            DigoMessageRequests(
                token: try token.source.read(isDryRun: sending.dryRun),
                serviceToken: try service.read(isDryRun: sending.dryRun),
                base: base
            )
        }
    }
}

/// What India's registry knows a text by.
struct SMSRegistrationOptions: ParsableArguments {
    @Option(help: "Who sends, as India's registry has it (PE_ID).")
    var entity: String?

    @Option(help: "The text's template there (TEMPLATE_ID).")
    var template: String?

    @Option(help: "Through whom (TELEMARKETER_ID).")
    var telemarketer: String?

    mutating func validate() throws {
        guard (entity == nil) == (template == nil), telemarketer == nil || entity != nil else {
            throw ValidationError("give --entity and --template together, or neither")
        }
    }

    /// The registration; nil for none.
    var registration: DigoRegistration? {
        guard let entity, let template else { return nil }
        return DigoRegistration(entity: entity, template: template, telemarketer: telemarketer)
    }
}

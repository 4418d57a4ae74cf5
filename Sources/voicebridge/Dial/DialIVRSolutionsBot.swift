// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import PlatformAPIs

/// `voicebridge dial ivr-solutions bot`.
struct DialIVRSolutionsBot: DialIVRSolutionsCommand {
    static let configuration = CommandConfiguration(
        commandName: "bot",
        abstract: "Calls somebody and connects them to a bot's socket.",
        discussion: "The value of a header for the socket is a secret: --header names the field alone."
    )

    @OptionGroup var account: DialIVRSolutions.Account
    @OptionGroup var sending: SendingOptions
    @OptionGroup var schedule: ScheduleOptions

    @Option(help: "Whom to call, with 0 or the country's code before the number.")
    var to: String

    @Option(help: "The bot's socket, wss://HOST/PATH.")
    var url: String?

    @Option(help: "The field that the platform opens the socket with, such as Authorization.")
    var header: String?

    @Option(help: "The environment variable with the field's value.")
    var headerEnvironment: String?

    @Option(help: "The file with the field's value.")
    var headerFile: String?

    @Option(help: "A bot configured at the platform, by its id.")
    var platformBot: String?

    @Option(help: "The extension of a person who takes over.")
    var agentExtension: String?

    @Flag(inversion: .prefixedNo, help: "Open the socket once the call is answered.")
    var afterAnswer: Bool?

    @Option(help: "Where the bot can transfer to, sip:USER@HOST.")
    var sip: String?

    @Option(help: "Instructions for the bot's model.")
    var systemMessage: String?

    @Option(help: "The sentence that the bot opens with.")
    var openingLine: String?

    @Option(help: "The language that is spoken, such as en-IN.")
    var language: String?

    var secrets: [SecretSource] { header == nil ? [account.token.source] : [account.token.source, headerSource] }

    mutating func validate() throws {
        for secret in secrets { try secret.check(isRequired: !sending.dryRun) }
        if header == nil, headerEnvironment != nil || headerFile != nil {
            throw ValidationError("name the field that has the value with --header")
        }
    }

    func plan(_ requests: IVRSolutionsRequests) throws -> PlannedRequest {
        var call = IVRSolutionsBotCall(to: to, webSocketURL: url)
        if let header { call.webSocketHeader = .init(header, try headerSource.read(isDryRun: sending.dryRun)) }
        call.voiceChatID = platformBot
        call.agentExtension = agentExtension
        call.connectsAfterAnswer = afterAnswer
        call.sipURI = sip
        call.systemMessage = systemMessage
        call.openingLine = openingLine
        call.language = language
        call.schedule = schedule.schedule
        return try requests.dial(call)
    }

    private var headerSource: SecretSource {
        SecretSource(name: "header", environment: headerEnvironment, file: headerFile)
    }
}

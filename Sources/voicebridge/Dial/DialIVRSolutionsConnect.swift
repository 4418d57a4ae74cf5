// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import PlatformAPIs

/// `voicebridge dial ivr-solutions click-to-call`.
struct DialIVRSolutionsClickToCall: DialIVRSolutionsCommand {
    static let configuration = CommandConfiguration(
        commandName: "click-to-call",
        abstract: "Rings an agent, then a customer, and connects them."
    )

    @OptionGroup var account: DialIVRSolutions.Account
    @OptionGroup var sending: SendingOptions

    @Option(help: "The agent's extension.")
    var agent: String

    @Option(help: "The customer's number.")
    var to: String

    @Option(help: "The account's number that both see.")
    var did: String

    func plan(_ requests: IVRSolutionsRequests) throws -> PlannedRequest {
        try requests.clickToCall(agent: agent, customer: to, did: did)
    }
}

/// `voicebridge dial ivr-solutions connect`.
struct DialIVRSolutionsConnect: DialIVRSolutionsCommand {
    static let configuration = CommandConfiguration(
        commandName: "connect",
        abstract: "Rings one person, then another, and connects them; each sees the account's number alone."
    )

    @OptionGroup var account: DialIVRSolutions.Account
    @OptionGroup var sending: SendingOptions
    @OptionGroup var schedule: ScheduleOptions

    @Option(help: "Who is rung first.")
    var first: String

    @Option(help: "Who is rung then.")
    var second: String

    @Option(help: "The account's number that both see.")
    var did: String

    @Option(help: "Said to the first before the second is rung.")
    var announcement: String?

    func plan(_ requests: IVRSolutionsRequests) throws -> PlannedRequest {
        var connection = IVRSolutionsConnection(first: first, second: second, did: did)
        connection.announcement = announcement
        connection.schedule = schedule.schedule
        return try requests.connectMasked(connection)
    }
}

/// `voicebridge dial ivr-solutions cancel`.
struct DialIVRSolutionsCancel: DialIVRSolutionsCommand {
    static let configuration = CommandConfiguration(
        commandName: "cancel",
        abstract: "Cancels or changes what `connect` made."
    )

    @OptionGroup var account: DialIVRSolutions.Account
    @OptionGroup var sending: SendingOptions

    @Option(help: "Who was rung first.")
    var first: String

    @Option(help: "The account's number that both see.")
    var did: String

    @Option(help: "What to do.")
    var action = "cancel"

    @Option(help: "Said on the way.")
    var announcement: String?

    func plan(_ requests: IVRSolutionsRequests) throws -> PlannedRequest {
        try requests.updateMasked(
            IVRSolutionsConnectionUpdate(did: did, first: first, action: action, announcement: announcement)
        )
    }
}

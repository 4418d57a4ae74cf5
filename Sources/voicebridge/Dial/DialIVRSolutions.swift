// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import CallModel
import PlatformAPIs

/// `voicebridge dial ivr-solutions …`.
struct DialIVRSolutions: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ivr-solutions",
        abstract: "Calls through IVR Solutions.",
        subcommands: [
            DialIVRSolutionsBot.self, DialIVRSolutionsClickToCall.self, DialIVRSolutionsConnect.self,
            DialIVRSolutionsCancel.self,
        ]
    )

    /// What all of them are told.
    struct Account: ParsableArguments {
        @OptionGroup var token: TokenOptions

        @Option(help: "What stands before the platform's paths.")
        var base = IVRSolutionsRequests.base

        /// The account's requests.
        func requests(_ sending: SendingOptions) throws -> IVRSolutionsRequests {
            IVRSolutionsRequests(token: try token.source.read(isDryRun: sending.dryRun), base: base)
        }
    }
}

/// A command of ``DialIVRSolutions``.
protocol DialIVRSolutionsCommand: PlatformCommand {
    /// The account.
    var account: DialIVRSolutions.Account { get }
    /// The request.
    func plan(_ requests: IVRSolutionsRequests) throws -> PlannedRequest
}

extension DialIVRSolutionsCommand {
    static var word: String { "dial" }

    var secrets: [SecretSource] { [account.token.source] }

    func task() throws -> PlatformTask {
        let requests = try account.requests(sending)
        return PlatformTask(platform: IVRSolutionsRequests.platform, plans: [try plan(requests)]) {
            requests.outcome(of: $0)
        }
    }
}

extension ScheduleOptions {
    /// The time; nil for at once.
    var schedule: IVRSolutionsSchedule? { at.map { IVRSolutionsSchedule($0, timeZone: timeZone) } }
}

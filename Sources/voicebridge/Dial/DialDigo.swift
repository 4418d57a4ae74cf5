// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import CallModel
import PlatformAPIs

/// `voicebridge dial digo …`.
struct DialDigo: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "digo",
        abstract: "Calls through Digo.",
        subcommands: [DialDigoClickToCall.self, DialDigoAnnounce.self]
    )

    /// What all of them are told.
    struct Account: ParsableArguments {
        @OptionGroup var token: TokenOptions

        @Option(help: "What stands before /v1, as the platform gave it.")
        var endpoint: String

        @Option(help: "How the platform wants numbers: national in India, international in the USA.")
        var numbers: DigoNumberForm = .national

        mutating func validate() throws {
            guard endpoint.hasPrefix("https://") || endpoint.hasPrefix("http://") else {
                throw ValidationError("--endpoint '\(endpoint.prefix(200))' is no URL; begin with https://")
            }
        }

        /// The account's requests.
        func requests(_ sending: SendingOptions) throws -> DigoRequests {
            DigoRequests(
                endpoint: endpoint,
                authorization: try token.source.read(isDryRun: sending.dryRun),
                numberForm: numbers
            )
        }
    }
}

extension DigoNumberForm: ExpressibleByArgument {}

/// `voicebridge dial digo click-to-call`.
struct DialDigoClickToCall: PlatformCommand {
    static let configuration = CommandConfiguration(
        commandName: "click-to-call",
        abstract: "Rings an agent, then somebody else, and connects them."
    )
    static let word = "dial"

    @OptionGroup var account: DialDigo.Account
    @OptionGroup var sending: SendingOptions

    @Option(help: "The agent's id, intercom, extension or number.")
    var agent: String

    @Option(help: "Who is called then.")
    var to: String

    @Option(help: "What the one called sees, digits alone.")
    var callerID: String?

    @Flag(inversion: .prefixedNo, help: "Do not wait until the agent picks up.")
    var async: Bool?

    @Option(help: "Seconds after which the call ends.")
    var callTimeout: Int?

    @Flag(help: "Ask for the call's id, which comes once the agent picked up.")
    var callID = false

    @Option(help: "Comes back in callbacks.")
    var identifier: String?

    var secrets: [SecretSource] { [account.token.source] }

    func task() throws -> PlatformTask {
        var call = DigoClickToCall(agent: agent, destination: to)
        call.callerID = callerID
        call.isAsynchronous = async
        call.timeout = callTimeout
        call.asksForCallID = callID
        call.identifier = identifier
        let requests = try account.requests(sending)
        return PlatformTask(platform: requests.platform, plans: [try requests.place(call)]) {
            requests.outcome(of: $0)
        }
    }
}

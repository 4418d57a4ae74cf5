// SPDX-License-Identifier: Apache-2.0
import BridgeConfiguration
import CallModel
import PlatformAPIs

extension CallControlKind {
    /// `twilio`.
    static let twilio = CallControlKind(
        schema: PartSchema(
            name: "twilio",
            summary: "Twilio's Calls resource.",
            options: [
                .account("The account's id, AC…."),
                BotOption(name: "key", kind: .text, summary: "An API key, SK…, whose secret `token` is."),
                .token("The account's auth token, or the key's secret."),
                .callerID, .country, .baseURL(TwilioRequests.base),
            ],
            problem: BotOption.baseURLProblem
        )
    ) { options, services in
        services.control(
            TwilioRequests(
                account: options.text("account") ?? "",
                key: options.text("key"),
                token: options.secret("token") ?? Secret(""),
                callerID: options.text("caller_id"),
                numbering: options.numbering,
                base: options.text("base_url") ?? TwilioRequests.base
            )
        )
    }

    /// `signalwire`, which is like Twilio's under a name of one's own.
    static let signalWire = CallControlKind(
        schema: PartSchema(
            name: "signalwire",
            summary: "SignalWire's Calls resource.",
            options: [
                BotOption(
                    name: "base_url",
                    kind: .text,
                    summary: "https://SPACE.signalwire.com/api/laml/2010-04-01",
                    isRequired: true
                ),
                .account("The project's id."), .token("The project's API token."), .callerID, .country,
            ],
            problem: BotOption.baseURLProblem
        )
    ) { options, services in
        services.control(
            TwilioRequests(
                account: options.text("account") ?? "",
                token: options.secret("token") ?? Secret(""),
                callerID: options.text("caller_id"),
                numbering: options.numbering,
                base: options.text("base_url") ?? "",
                platform: "signalwire"
            )
        )
    }
}

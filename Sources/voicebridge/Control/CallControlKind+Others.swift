// SPDX-License-Identifier: Apache-2.0
import BridgeConfiguration
import CallModel
import Dialects
import PlatformAPIs

extension CallControlKind {
    /// `telnyx`.
    static let telnyx = CallControlKind(
        schema: PartSchema(
            name: "telnyx",
            summary: "Telnyx' Call Control commands.",
            options: [
                BotOption(name: "api_key", kind: .secret, summary: "The account's API key.", isRequired: true),
                .callerID, .country, .baseURL(TelnyxRequests.base),
            ],
            problem: BotOption.baseURLProblem
        )
    ) { options, services in
        services.control(
            TelnyxRequests(
                key: options.secret("api_key") ?? Secret(""),
                callerID: options.text("caller_id"),
                numbering: options.numbering,
                base: options.text("base_url") ?? TelnyxRequests.base
            )
        )
    }

    /// `vonage`.
    static let vonage = CallControlKind(
        schema: PartSchema(
            name: "vonage",
            summary: "Vonage's Voice API; the caller's leg must come along as `call_uuid` in the endpoint's headers.",
            options: [
                BotOption(name: "application", kind: .text, summary: "The application's id.", isRequired: true),
                BotOption(
                    name: "private_key",
                    kind: .file,
                    summary: "PEM file with the application's private key.",
                    isRequired: true
                ),
                .callerID, .country, .baseURL(VonageRequests.base),
            ],
            problem: BotOption.baseURLProblem
        )
    ) { options, services in
        let key = try ConfigurationFile.read(options.text("private_key") ?? "")
        let tokens = try VonageTokens(
            application: options.text("application") ?? "",
            key: Secret(String(decoding: key, as: UTF8.self))
        )
        return services.control(
            VonageRequests(
                callerID: options.text("caller_id"),
                numbering: options.numbering,
                base: options.text("base_url") ?? VonageRequests.base,
                token: tokens.current
            )
        )
    }

    /// `digo`.
    static let digo = CallControlKind(
        schema: PartSchema(
            name: "digo",
            summary: "Digo Programmable Voice: ends calls, and connects them to an agent.",
            options: [
                BotOption(
                    name: "base_url",
                    kind: .text,
                    summary: "What stands before /v1, as the platform gave it.",
                    isRequired: true
                ),
                BotOption(
                    name: "authorization",
                    kind: .secret,
                    summary: "The whole value of the field Authorization.",
                    isRequired: true
                ),
            ],
            problem: BotOption.baseURLProblem
        )
    ) { options, services in
        services.control(
            DigoRequests(
                endpoint: options.text("base_url") ?? "",
                authorization: options.secret("authorization") ?? Secret("")
            )
        )
    }

    /// `exotel`.
    static let exotel = CallControlKind(
        schema: PartSchema(
            name: "exotel",
            summary: "Keeps the target of a transfer until Exotel's flow asks an `exotel-transfer` receiver.",
            options: [
                BotOption(
                    name: "country",
                    kind: .choice(["none"] + NumberingPlan.allCases.map(\.rawValue)),
                    default: .text(NumberingPlan.india.rawValue),
                    summary: "The country whose national numbers are written internationally."
                )
            ]
        )
    ) { options, services in
        ExotelCallControl(
            store: services.exotelTransfers,
            numbering: options.numbering,
            report: services.report
        )
    }
}

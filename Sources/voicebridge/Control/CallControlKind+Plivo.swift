// SPDX-License-Identifier: Apache-2.0
import BridgeConfiguration
import CallModel
import PlatformAPIs

extension CallControlKind {
    /// `plivo`.
    static let plivo = CallControlKind(
        schema: PartSchema(
            name: "plivo",
            summary: "Plivo's Call resource.",
            options: [
                .account("The Auth ID."), .token("The Auth Token."), .answerURL, .country,
                .baseURL(PlivoRequests.base),
            ],
            problem: BotOption.baseURLProblem
        )
    ) { options, services in
        plivo(options, services, .basic, base: PlivoRequests.base, platform: "plivo")
    }

    /// What stands before `/Account` at Vobiz.
    private static let vobizBase = "https://api.vobiz.ai/api/v1"

    /// `vobiz`, which is like Plivo's but for how one signs in.
    static let vobiz = CallControlKind(
        schema: PartSchema(
            name: "vobiz",
            summary: "Vobiz' Call resource.",
            options: [
                .account("The Auth ID."), .token("The Auth Token."), .answerURL, .country, .baseURL(vobizBase),
            ],
            problem: BotOption.baseURLProblem
        )
    ) { options, services in
        plivo(options, services, .fields, base: vobizBase, platform: "vobiz")
    }

    private static func plivo(
        _ options: BotOptions,
        _ services: PlatformServices,
        _ signIn: PlivoRequests.SignIn,
        base: String,
        platform: String
    ) -> any CallControl {
        services.control(
            PlivoRequests(
                account: options.text("account") ?? "",
                token: options.secret("token") ?? Secret(""),
                answerURL: options.text("answer_url") ?? services.plivoAnswerURL,
                store: services.plivoTransfers,
                numbering: options.numbering,
                base: options.text("base_url") ?? base,
                signIn: signIn,
                platform: platform
            )
        )
    }
}

extension BotOption {
    /// Where the platform asks where a call goes.
    fileprivate static let answerURL = BotOption(
        name: "answer_url",
        kind: .text,
        summary: "The public URL of a `plivo-transfer` receiver; by itself where the file has one. Without one, only "
            + "transfers to a flow are known."
    )
}

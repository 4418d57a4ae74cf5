// SPDX-License-Identifier: Apache-2.0

package import Dialects
package import VoiceBridge

/// An account at a service for text messages, as a bot's options have it.
package struct MessageAccount: Sendable, Equatable {
    /// The account's token.
    package var token: Secret
    /// The token of the service's own.
    package var serviceToken: Secret
    /// The registered sender; nil when each message names its own.
    package var from: String?
    /// Country whose national numbers are written internationally; nil to leave numbers as they are.
    package var country: NumberingPlan?
    /// What stands before the service's paths; nil for its own address.
    package var url: String?
    /// Where deliveries are told; nil for nowhere.
    package var reportURL: String?

    /// The options, in the order in which people see them.
    static let options = [
        BotOption(
            name: "sms_token",
            kind: .secret,
            summary: "token of the account at Digo Engage that `sms` steps send through"
        ),
        BotOption(name: "sms_service_token", kind: .secret, summary: "the whole value of its X-Authorization"),
        BotOption(name: "sms_from", kind: .text, summary: "registered sender of messages that name none"),
        BotOption(
            name: "sms_country",
            kind: .choice(["none"] + NumberingPlan.allCases.map(\.rawValue)),
            default: .text("none"),
            summary: "country whose national numbers are written internationally"
        ),
        BotOption(
            name: "sms_report_url",
            kind: .text,
            summary: "URL of a receiver `digo-delivery-reports`, where deliveries are told"
        ),
        BotOption(name: "sms_url", kind: .text, summary: "address of the service, where it is not Digo Engage's own"),
    ]

    /// The account of a bot's options; nil when there is none.
    ///
    /// - Throws: ``FlowError`` when one of the two tokens is missing.
    package init?(_ options: BotOptions) throws(FlowError) {
        switch (options.secret("sms_token"), options.secret("sms_service_token")) {
        case (let token?, let serviceToken?):
            self.token = token
            self.serviceToken = serviceToken
        case (nil, nil): return nil
        default: throw FlowError(description: "`sms_token` and `sms_service_token` go together; give both or neither")
        }
        from = options.text("sms_from")
        country = options.text("sms_country").flatMap(NumberingPlan.init(rawValue:))
        url = options.text("sms_url")
        reportURL = options.text("sms_report_url")
    }
}

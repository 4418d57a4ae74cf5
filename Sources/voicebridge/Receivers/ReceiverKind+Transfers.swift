// SPDX-License-Identifier: Apache-2.0
import BridgeConfiguration
import CallModel
import Dialects
import PlatformAPIs

// Receivers that tell a platform where a call goes that a bot transferred.
extension ReceiverKind {
    /// `exotel-transfer`.
    static let exotelTransfer = ReceiverKind(
        schema: PartSchema(
            name: "exotel-transfer",
            summary: "Tells Exotel's flow where a transferred call goes.",
            options: [
                BotOption(
                    name: "applet",
                    kind: .choice(["passthru", "connect"]),
                    default: .text("passthru"),
                    summary: "Who asks: Passthru, whether there is a target; Connect, for the numbers."
                )
            ]
        )
    ) { options, services in
        let applet: ExotelTransferAnswer.Applet = options.text("applet") == "connect" ? .connect : .passthru
        return ExotelTransferAnswer(applet, store: services.exotelTransfers)
    }

    /// `plivo-transfer`.
    static let plivoTransfer = ReceiverKind(
        schema: PartSchema(
            name: "plivo-transfer",
            summary: "Gives Plivo, or Vobiz, the XML of a call that was transferred.",
            options: [.country]
        )
    ) { options, services in
        PlivoTransferAnswer(store: services.plivoTransfers, numbering: options.numbering)
    }
}

extension BotOption {
    /// The country of national numbers.
    static let country = BotOption(
        name: "country",
        kind: .choice(["none"] + NumberingPlan.allCases.map(\.rawValue)),
        default: .text("none"),
        summary: "The country whose national numbers are written internationally; with none numbers go as they are."
    )
}

extension BotOptions {
    /// The plan of the option `country`; nil for none.
    var numbering: NumberingPlan? { text("country").flatMap(NumberingPlan.init(rawValue:)) }
}

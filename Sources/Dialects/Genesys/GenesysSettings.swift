// SPDX-License-Identifier: Apache-2.0

package import CallModel

/// What a route may choose about the Genesys AudioHook wire.
package struct GenesysSettings: Sendable, Equatable {
    /// Which of the offered encodings is taken.
    package enum Encoding: String, Sendable, CaseIterable {
        /// G.711 µ-law.
        case muLaw = "pcmu"
        /// 16-bit linear PCM.
        case linear16 = "l16"
    }

    /// The encoding that is taken where both are offered; µ-law by default.
    package var encoding = Encoding.muLaw
    /// The flow's variable that a transfer to a flow sets to the target; none by default, so that there is no transfer.
    package var transferVariable: String?

    /// The defaults.
    package init() {}

    /// The settings that a route's options ask for, as ``options`` describes them; throws when one has a bad value.
    package init(options: BotOptions) throws(DialectError) {
        encoding = try options.choice("encoding", default: .muLaw)
        if let name = options.text("transfer_variable") {
            guard (1...128).contains(name.utf8.count) else {
                throw .badOption("transfer_variable", problem: "must have 1 to 128 bytes")
            }
            transferVariable = name
        }
    }
}

extension GenesysSettings {
    /// The options that a route of this dialect takes.
    package static let options: [BotOption] = [
        BotOption(
            name: "encoding",
            kind: .choice(Encoding.allCases.map(\.rawValue)),
            default: .text(Encoding.muLaw.rawValue),
            summary: "The encoding that is taken where both are offered."
        ),
        BotOption(
            name: "transfer_variable",
            kind: .text,
            summary: "Output variable of the Architect flow that a transfer to a flow sets to its target."
        ),
    ]
}

// SPDX-License-Identifier: Apache-2.0

package import CallModel

/// What a route may choose about the Plivo wire.
package struct PlivoSettings: Sendable, Equatable {
    /// Whose audio streams they are.
    package enum Variant: String, Sendable, CaseIterable {
        /// Plivo, and those that speak just like it, such as Superfone.
        case plivo
        /// Vobiz, which takes a hang-up on the socket.
        case vobiz

        /// Whether `stop` ends the call.
        package var endsCall: Bool { self == .vobiz }
    }

    /// Whose audio streams they are; Plivo's by default.
    package var variant = Variant.plivo

    /// The defaults.
    package init() {}

    /// The settings that a route's options ask for, as ``options`` describes them; throws when one has a bad value.
    package init(options: BotOptions) throws(DialectError) {
        variant = try options.choice("variant", default: .plivo)
    }

    /// The options that a route of this dialect takes.
    package static let options: [BotOption] = [
        BotOption(
            name: "variant",
            kind: .choice(Variant.allCases.map(\.rawValue)),
            default: .text(Variant.plivo.rawValue),
            summary: "Whose audio streams they are; those that speak just like Plivo are plivo."
        )
    ]
}

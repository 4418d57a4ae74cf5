// SPDX-License-Identifier: Apache-2.0

package import CallModel

/// What a route may choose about the Twilio wire.
package struct TwilioSettings: Sendable, Equatable {
    /// Whose Media Streams they are.
    package enum Variant: String, Sendable, CaseIterable {
        /// Twilio.
        case twilio
        /// SignalWire's cXML, which also carries keys to the caller and linear PCM.
        case signalwire
        /// Tata Smartflo, which tells the numbers and takes a hang-up.
        case smartflo
        /// Acefone, the same as Smartflo.
        case acefone

        /// Whether one key at a time can be sent to the caller.
        package var sendsDigits: Bool { self == .signalwire }
        /// Whether `end` ends the call; published by a serializer of the platform's community, not by the platform.
        package var endsCall: Bool { self == .smartflo || self == .acefone }
    }

    /// Whose Media Streams they are; Twilio's by default.
    package var variant = Variant.twilio

    /// The defaults.
    package init() {}

    /// The settings that a route's options ask for, as ``options`` describes them; throws when one has a bad value.
    package init(options: BotOptions) throws(DialectError) {
        variant = try options.choice("variant", default: .twilio)
    }

    /// The options that a route of this dialect takes.
    package static let options: [BotOption] = [
        BotOption(
            name: "variant",
            kind: .choice(Variant.allCases.map(\.rawValue)),
            default: .text(Variant.twilio.rawValue),
            summary: "Whose Media Streams they are."
        )
    ]
}

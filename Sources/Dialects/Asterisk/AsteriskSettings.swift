// SPDX-License-Identifier: Apache-2.0

package import CallModel

/// What a route may choose about the wire of Asterisk's WebSocket channels.
package struct AsteriskSettings: Sendable, Equatable {
    /// How control messages are written.
    package enum Control: String, Sendable, CaseIterable {
        /// As Asterisk writes its first one.
        case automatic = "auto"
        /// JSON objects, which Asterisk takes from 20.18, 22.8 and 23.2 on.
        case json
        /// Words with spaces between them, Asterisk's default.
        case plainText = "plain-text"
    }

    /// How our control messages are written; by default as Asterisk writes its own.
    package var control = Control.automatic
    /// Whether the channel is answered when the call begins, for channels that are dialled with `n`; by default not.
    package var answers = false

    /// The defaults.
    package init() {}

    /// The settings that a route's options ask for, as ``options`` describes them; throws when one has a bad value.
    package init(options: BotOptions) throws(DialectError) {
        control = try options.choice("control", default: .automatic)
        answers = options.flag("answer")
    }
}

extension AsteriskSettings {
    /// The options that a route of this dialect takes.
    package static let options: [BotOption] = [
        BotOption(
            name: "control",
            kind: .choice(Control.allCases.map(\.rawValue)),
            default: .text(Control.automatic.rawValue),
            summary: "How control messages are written; auto: as Asterisk writes its own."
        ),
        BotOption(
            name: "answer",
            kind: .flag,
            default: .flag(false),
            summary: "Answer the channel when the call begins, for channels that are dialled with n."
        ),
    ]
}

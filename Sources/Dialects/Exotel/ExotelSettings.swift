// SPDX-License-Identifier: Apache-2.0

package import CallModel

/// What a route may choose about the Exotel wire.
package struct ExotelSettings: Sendable, Equatable {
    /// The fewest bytes of one audio message; 3200 by default, as Exotel's guide has it.
    package var minimumBytes = 3_200
    /// Whether `sequence_number`, `chunk` and `timestamp` go with the audio, without which streams are reported to end early; by
    /// default they do.
    package var numbersAudio = true

    /// Bytes of which each audio message is a multiple.
    package static let multiple = 320
    /// The most bytes of one audio message.
    package static let maximumBytes = 100_000

    /// The defaults.
    package init() {}

    /// The settings that a route's options ask for, as ``options`` describes them; throws when one has a bad value.
    package init(options: BotOptions) throws(DialectError) {
        if let bytes = options.integer("minimum_bytes") {
            guard (Self.multiple...Self.maximumBytes).contains(bytes), bytes.isMultiple(of: Self.multiple) else {
                let problem =
                    "is \(bytes) and must be a multiple of \(Self.multiple) from \(Self.multiple) to 99840"
                throw .badOption("minimum_bytes", problem: problem)
            }
            minimumBytes = bytes
        }
        if case .flag(let value)? = options["numbered_audio"] { numbersAudio = value }
    }

    /// The options that a route of this dialect takes.
    package static let options: [BotOption] = [
        BotOption(
            name: "minimum_bytes",
            kind: .integer(multiple...maximumBytes),
            default: .integer(3_200),
            summary: "The fewest bytes of one audio message, a multiple of 320."
        ),
        BotOption(
            name: "numbered_audio",
            kind: .flag,
            default: .flag(true),
            summary: "Send sequence_number, chunk and timestamp with the audio; streams are said to end early without."
        ),
    ]
}

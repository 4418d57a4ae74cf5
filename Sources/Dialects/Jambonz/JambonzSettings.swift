// SPDX-License-Identifier: Apache-2.0

package import CallModel

/// What a route may choose about the wire of jambonz's `listen`.
package struct JambonzSettings: Sendable, Equatable {
    /// Rates that the platform knows and that can be converted, in hertz.
    static let sampleRates = [8_000, 16_000, 24_000, 48_000]

    /// The rate of our audio, in hertz: `bidirectionalAudio.sampleRate` of the verb; the rate of the caller's by default.
    package var outboundSampleRate: Int?

    /// The defaults.
    package init() {}

    /// The settings that a route's options ask for, as ``options`` describes them; throws when one has a bad value.
    package init(options: BotOptions) throws(DialectError) {
        guard let rate = options.integer("outbound_sample_rate") else { return }
        guard Self.sampleRates.contains(rate) else {
            throw .badOption("outbound_sample_rate", problem: "is \(rate) and must be 8000, 16000, 24000 or 48000")
        }
        outboundSampleRate = rate
    }
}

extension JambonzSettings {
    /// The options that a route of this dialect takes.
    package static let options: [BotOption] = [
        BotOption(
            name: "outbound_sample_rate",
            kind: .integer(8_000...48_000),
            summary: "bidirectionalAudio.sampleRate of the verb, where it is not its sampleRate."
        )
    ]
}

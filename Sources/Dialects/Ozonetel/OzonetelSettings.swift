// SPDX-License-Identifier: Apache-2.0

package import CallModel

/// What a route may choose about the Ozonetel wire.
package struct OzonetelSettings: Sendable, Equatable {
    /// Samples of one audio message: a multiple of 80 up to 1600, by default 80 as in the platform's own.
    package var samplesPerMessage = 80

    /// The defaults.
    package init() {}

    /// The settings that a route's options ask for, as ``options`` describes them; throws when one has a bad value.
    package init(options: BotOptions) throws(DialectError) {
        guard let samples = options.integer("samples_per_message") else { return }
        guard (80...1_600).contains(samples), samples.isMultiple(of: 80) else {
            let problem = "is \(samples) and must be a multiple of 80 from 80 to 1600"
            throw .badOption("samples_per_message", problem: problem)
        }
        samplesPerMessage = samples
    }
}

extension OzonetelSettings {
    /// The options that a route of this dialect takes.
    package static let options: [BotOption] = [
        BotOption(
            name: "samples_per_message",
            kind: .integer(80...1_600),
            default: .integer(80),
            summary: "Samples of one audio message, a multiple of 80; the platform's own have 80."
        )
    ]
}

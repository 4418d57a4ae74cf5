// SPDX-License-Identifier: Apache-2.0

package import CallModel

/// The wire of Plivo's audio streaming, and of the platforms that copy it.
///
/// Closing the socket lets the call go on with the next XML element when `keepCallAlive` is set; there is neither a hang-up nor
/// a transfer on Plivo's own wire.
package struct PlivoDialect: PlatformDialect {
    /// What the route chose.
    package let settings: PlivoSettings
    /// The message that is being read, and the bytes of the last ``CallEvent/media(_:)``.
    var reader = MessageReader()
    /// The stream's id since `start`, and the message its audio goes in.
    var stream: (id: String, envelope: AudioEnvelope)?
    /// The Unix time of the first piece of audio, in milliseconds: pieces are told from there.
    var firstTimestamp: Int64?
    /// Where the ids of a start without ids come from.
    let random: @Sendable () -> UInt64

    /// A dialect for one call.
    ///
    /// - Parameters:
    ///   - settings: what the route chose.
    ///   - random: a source of random numbers for ids that the platform did not send.
    package init(
        settings: PlivoSettings = PlivoSettings(),
        random: @escaping @Sendable () -> UInt64 = { .random(in: .min ... .max) }
    ) {
        self.settings = settings
        self.random = random
    }

    /// What the wire carries with the options of the route.
    package static func capabilities(_ settings: PlivoSettings) -> DialectCapabilities {
        DialectCapabilities(
            clear: true,
            marks: true,
            sendDigits: true,
            hangUp: settings.variant.endsCall,
            transfers: [],
            closeMeaning: .nextStep
        )
    }

    /// What the dialect is and which options it takes.
    package static let details = DialectDescription(
        name: .plivo,
        defaultPath: "/v1/plivo",
        summary: "Plivo audio streaming, and the same of Vobiz and Superfone",
        options: PlivoSettings.options,
        capabilities: capabilities(PlivoSettings()),
        formats: [.muLaw8kHz, .linear8kHz, .linear16kHz],
        endsByClosing: true,
        platform: "Plivo",
        authentication: [.plivoSignature, .pathToken],
        overHTTP: [.hangUp, .transfer],
        testedAgainst: [.document, .simulation, .pipecat],
        variants: variants
    )

    /// Sizes of audio messages: whole frames of 20 ms, at most one second.
    package func framing(for format: AudioFormat) -> AudioFraming {
        let unit = format.sampleCount(for: .milliseconds(20)) * format.encoding.bytesPerSample
        return AudioFraming(unit: unit, maximumFrames: 50)
    }
}

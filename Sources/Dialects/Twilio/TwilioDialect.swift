// SPDX-License-Identifier: Apache-2.0

package import CallModel
import NIOCore

/// The wire of Twilio's Media Streams, and of the platforms that copy it.
///
/// Strict in what it writes: Twilio warns of each field it does not know. Closing the socket lets the call go on with what
/// follows `<Connect>`, and ends it when nothing does; there is neither a hang-up nor a transfer on Twilio's own wire.
package struct TwilioDialect: PlatformDialect {
    /// What the route chose.
    package let settings: TwilioSettings
    /// The message that is being read, and the bytes of the last ``CallEvent/media(_:)``.
    var reader = MessageReader()
    /// The ids of the stream and the call since `start`, and the message its audio goes in.
    var stream: (id: String, call: String, envelope: AudioEnvelope)?
    /// Keys of the last command that wait for a message of their own.
    var waitingDigits: [DTMFDigit] = []
    /// Where the ids of a start without ids come from.
    let random: @Sendable () -> UInt64

    /// A dialect for one call.
    ///
    /// - Parameters:
    ///   - settings: what the route chose.
    ///   - random: a source of random numbers for ids that the platform did not send.
    package init(
        settings: TwilioSettings = TwilioSettings(),
        random: @escaping @Sendable () -> UInt64 = { .random(in: .min ... .max) }
    ) {
        self.settings = settings
        self.random = random
    }

    /// What the wire carries with the options of the route.
    package static func capabilities(_ settings: TwilioSettings) -> DialectCapabilities {
        DialectCapabilities(
            clear: true,
            marks: true,
            sendDigits: settings.variant.sendsDigits,
            hangUp: settings.variant.endsCall,
            transfers: [],
            closeMeaning: settings.variant.endsCall ? .unknown : .nextStep
        )
    }

    /// What the dialect is and which options it takes.
    package static let details = DialectDescription(
        name: .twilio,
        defaultPath: "/v1/twilio",
        summary: "Twilio Media Streams, and the same of SignalWire, Tata Smartflo and Acefone",
        options: TwilioSettings.options,
        capabilities: capabilities(TwilioSettings()),
        formats: [.muLaw8kHz, .linear8kHz, .linear16kHz, .linear24kHz],
        ownFormats: [.muLaw8kHz],
        platform: "Twilio",
        authentication: [.twilioSignature, .pathToken],
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

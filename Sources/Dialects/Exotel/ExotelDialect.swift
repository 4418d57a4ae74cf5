// SPDX-License-Identifier: Apache-2.0

package import CallModel
import NIOCore

/// The wire of Exotel's AgentStream (the Voicebot applet): Twilio's messages in snake_case, with linear PCM.
///
/// Closing the socket lets the call's flow go on to its next applet; there is neither a hang-up nor a transfer on the wire.
package struct ExotelDialect: PlatformDialect {
    /// What the route chose.
    package let settings: ExotelSettings
    /// What the platform said when it opened the socket: the rate, where `start` leaves it out.
    let handshake: OpeningHandshake
    /// The message that is being read, and the bytes of the last ``CallEvent/media(_:)``.
    var reader = MessageReader()
    /// The stream's id since `start`, how fast its audio plays, and what its audio messages begin with.
    var stream: (id: String, bytesPerSecond: Int, opening: ByteBuffer)?
    /// Audio messages written.
    var chunks = 0
    /// Bytes of audio written.
    var audioBytes = 0
    /// Where the ids of a start without ids come from.
    let random: @Sendable () -> UInt64

    /// A dialect for one call.
    ///
    /// - Parameters:
    ///   - settings: what the route chose.
    ///   - handshake: what the platform said when it opened the socket.
    ///   - random: a source of random numbers for ids that the platform did not send.
    package init(
        settings: ExotelSettings = ExotelSettings(),
        handshake: OpeningHandshake = OpeningHandshake(),
        random: @escaping @Sendable () -> UInt64 = { .random(in: .min ... .max) }
    ) {
        self.settings = settings
        self.handshake = handshake
        self.random = random
    }

    /// What the wire carries.
    package static let capabilities = DialectCapabilities(
        clear: true,
        marks: true,
        sendDigits: false,
        hangUp: false,
        transfers: [],
        closeMeaning: .nextStep
    )

    /// What the dialect is and which options it takes.
    package static let details = DialectDescription(
        name: .exotel,
        defaultPath: "/v1/exotel",
        summary: "Exotel AgentStream: the Voicebot applet and streams of the leg API",
        options: ExotelSettings.options,
        capabilities: capabilities,
        formats: [.linear8kHz, .linear16kHz, .linear24kHz, .muLaw8kHz],
        platform: "Exotel",
        authentication: [.basic, .addresses],
        overHTTP: [.transfer],
        testedAgainst: [.document, .simulation, .pipecat]
    )

    /// Sizes of audio messages: the minimum, or 100 ms where that is more.
    package func framing(for format: AudioFormat) -> AudioFraming {
        let multiple = ExotelSettings.multiple
        let usual = (format.bytesPerSecond / 10 + multiple - 1) / multiple * multiple
        let isUsual = settings.minimumBytes >= ExotelSettings().minimumBytes
        return AudioFraming(
            bytesPerFrame: max(settings.minimumBytes, isUsual ? usual : 0),
            minimumBytes: settings.minimumBytes,
            maximumBytes: ExotelSettings.maximumBytes,
            multipleOfBytes: multiple
        )
    }
}

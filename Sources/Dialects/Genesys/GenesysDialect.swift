// SPDX-License-Identifier: Apache-2.0

package import CallModel

/// The wire of Genesys Cloud AudioHook, version 2, as Audio Connector speaks it: numbered JSON messages that acknowledge
/// each other, and bare binary audio.
///
/// Its protocol wants answers (`opened`, `pong`, `updated`, `closed`) that say nothing about the call; the dialect makes them
/// itself, and ``takeReply(into:)`` writes them. The bot never ends the call: `disconnect` asks the platform to, which
/// says `close`, is answered `closed`, and closes the socket.
package struct GenesysDialect: PlatformDialect {
    /// What the route chose.
    package let settings: GenesysSettings
    /// The messages of the call.
    var reader = MessageReader()
    /// The numbers of the messages each way, and the session's id.
    var envelope = GenesysEnvelope()
    /// The audio that was agreed on.
    var stream: GenesysMedia?
    /// How far the end has come.
    var ending = Ending.none
    /// Answers that are due, in order.
    var replies: [GenesysReply] = []

    /// The steps of the end.
    enum Ending: Sendable {
        /// The session goes on.
        case none
        /// `disconnect` was written, which is not said twice.
        case asked
        /// `closed` was written, after which nothing may be.
        case answered
    }

    /// The most answers that wait; each message that is read asks for one at most.
    static let maximumReplies = 16

    /// The session's id in `Audiohook-Session-Id` of the upgrade, if it had one.
    let announcedSession: String?

    /// A dialect for one call.
    ///
    /// - Parameters:
    ///   - settings: what the route chose.
    ///   - handshake: what the request said that opened the socket.
    package init(
        settings: GenesysSettings = GenesysSettings(),
        handshake: OpeningHandshake = OpeningHandshake()
    ) {
        self.settings = settings
        announcedSession = handshake.header("Audiohook-Session-Id")
    }

    /// What the wire carries with the options of the route.
    ///
    /// A hang-up and a transfer give the call back to the Architect flow, as closing the socket does.
    package static func capabilities(_ settings: GenesysSettings) -> DialectCapabilities {
        DialectCapabilities(
            clear: true,
            marks: false,
            sendDigits: false,
            hangUp: true,
            transfers: settings.transferVariable == nil ? [] : [.flow],
            closeMeaning: .nextStep
        )
    }

    /// What the dialect is and which options it takes.
    package static let details = DialectDescription(
        name: .genesys,
        defaultPath: "/v1/genesys",
        summary: "Genesys Cloud AudioHook and Audio Connector",
        options: GenesysSettings.options,
        capabilities: capabilities(GenesysSettings()),
        formats: [.muLaw8kHz, .linear8kHz],
        closesItself: true,
        platform: "Genesys Cloud",
        authentication: [.genesysSignature, .headers],
        testedAgainst: [.document, .simulation, .pipecat]
    )

    /// Sizes of audio messages: 200 ms and more, since the platform refuses many small ones, at most 64,000 bytes.
    package func framing(for format: AudioFormat) -> AudioFraming {
        let sample = format.encoding.bytesPerSample
        let frame = format.sampleCount(for: .milliseconds(200)) * sample
        return AudioFraming(bytesPerFrame: frame, minimumBytes: sample, maximumBytes: 64_000, multipleOfBytes: sample)
    }
}

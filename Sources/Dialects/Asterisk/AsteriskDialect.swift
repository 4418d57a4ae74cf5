// SPDX-License-Identifier: Apache-2.0

package import CallModel

/// The wire of Asterisk's WebSocket channels (`chan_websocket`): bare audio of the channel's codec, and control messages
/// as JSON or as words.
///
/// Asterisk retimes what it gets. It holds about 20 seconds, and what is sent after `MEDIA_XOFF` is lost. No message may
/// be fragmented or be longer than 65,500 bytes, which would end the call, and a ping may do so too.
package struct AsteriskDialect: PlatformDialect {
    /// What the route chose.
    package let settings: AsteriskSettings
    /// The messages of the call.
    var reader = MessageReader()
    /// Whether our messages are JSON; unknown until Asterisk has written one or the route chose.
    var writesJSON: Bool?
    /// Bytes of a frame of 20 ms as `MEDIA_START` gives them.
    var frameBytes: Int?
    /// Whether an `ANSWER` is due.
    var owesAnswer = false
    /// What the request said that opened the socket; its query is what the dialplan gave with `v(…)`.
    let handshake: OpeningHandshake
    /// Where the ids of a start without ids come from.
    let random: @Sendable () -> UInt64

    /// The longest message that Asterisk takes, in bytes.
    static let maximumMessageBytes = 65_500

    /// A dialect for one call.
    ///
    /// - Parameters:
    ///   - settings: what the route chose.
    ///   - handshake: what the request said that opened the socket.
    ///   - random: a source of random numbers for ids that the platform did not send; each must be unpredictable.
    package init(
        settings: AsteriskSettings = AsteriskSettings(),
        handshake: OpeningHandshake = OpeningHandshake(),
        random: @escaping @Sendable () -> UInt64 = { .random(in: .min ... .max) }
    ) {
        self.settings = settings
        self.handshake = handshake
        self.random = random
        switch settings.control {
        case .automatic: break
        case .json: writesJSON = true
        case .plainText: writesJSON = false
        }
    }

    /// What the wire carries.
    ///
    /// A hang-up ends the WebSocket's channel; the dialplan decides what becomes of the caller. Nothing answers a clear:
    /// marks before it never come back.
    package static let capabilities = DialectCapabilities(
        clear: true,
        marks: true,
        sendDigits: false,
        hangUp: true,
        transfers: [],
        closeMeaning: .nextStep
    )

    /// What the dialect is and which options it takes.
    package static let details = DialectDescription(
        name: .asterisk,
        defaultPath: "/v1/asterisk",
        summary: "Asterisk WebSocket channel (chan_websocket)",
        options: AsteriskSettings.options,
        capabilities: capabilities,
        formats: formats.values.sorted {
            ($0.sampleRate, $0.encoding.rawValue) < ($1.sampleRate, $1.encoding.rawValue)
        },
        subprotocols: ["media"],
        takesPings: false,
        endsByClosing: true,
        platform: "Asterisk",
        authentication: [.basic, .clientCertificate]
    )

    /// Sizes of audio messages: whole frames, since Asterisk drops what is short of one.
    package func framing(for format: AudioFormat) -> AudioFraming {
        let frame = frameBytes ?? format.sampleCount(for: .milliseconds(20)) * format.encoding.bytesPerSample
        return AudioFraming(unit: frame, maximumFrames: max(1, Self.maximumMessageBytes / frame))
    }
}

// SPDX-License-Identifier: Apache-2.0

package import CallModel

/// The wire language of one platform, for one call: messages in, events out; commands in, messages out.
///
/// One type over all platforms, so that the way of the audio has no existential: a value of this type is kept by the
/// call's handler and changed in place.
///
/// ## How a dialect is added
///
/// 1. A case of ``DialectName``, whose raw value is the name in configurations, paths and metrics.
/// 2. A folder of its own with three types: its settings (`init(options:)` and the `options` they come from), the
///    dialect itself (a `PlatformDialect`; `details`, `capabilities`, `framing`), and what its HTTP side
///    needs, as `HTTPReceiver`s.
/// 3. Reading: one `MessageReader` kept in the dialect, which parses each message and lays its audio straight from the
///    text into memory that is used again; nothing that allocates on the way of the audio; `MessageFields`,
///    `CallParameters`, `EncodingName` and `LocalIdentifier` for the messages that come once in a call. Whatever is
///    well formed and means nothing is `.ignored`, never an error. What the platform said when it opened the socket is
///    in ``OpeningHandshake``.
/// 4. Writing: fixed texts with ``NIOCore/ByteBuffer/writeJSONString(_:)`` and ``NIOCore/ByteBuffer/writeBase64(_:)``
///    between them, checked before the first byte is written. A dialect only translates: no queue of audio, no clock,
///    no resampling, no requests to the platform. What the protocol itself demands in answer to a message, and what a
///    command needs beyond one message, waits in the dialect for ``takeReply(into:)``.
/// 5. A case of `Platform` below, and one line in each `switch` of this file and its two neighbours; the compiler names
///    them.
/// 6. Tests: golden messages typed from the platform's document in both directions, a row for each rule, and the
///    splits and spellings that its users report.
package struct Dialect: Sendable {
    enum Platform: Sendable {
        /// While a dialect is being changed, so that it is the only holder of its buffers and they are not copied.
        case taken
        case ivrSolutions(IVRSolutionsDialect)
        case exotel(ExotelDialect)
        case twilio(TwilioDialect)
        case plivo(PlivoDialect)
        case telnyx(TelnyxDialect)
        case vonage(VonageDialect)
        case asterisk(AsteriskDialect)
        case jambonz(JambonzDialect)
        case genesys(GenesysDialect)
        case ozonetel(OzonetelDialect)
    }

    /// Which dialect it is.
    package let name: DialectName
    /// What the wire carries with the options of the route.
    package let capabilities: DialectCapabilities
    var platform: Platform
    /// The bytes of the last ``CallEvent/media(_:)``.
    @usableFromInline package internal(set) var media = MediaBuffer()
    /// Whether messages of caller audio are tried with a ``MediaScanner`` first; without it the same is read, and slower.
    package var scansMedia: Bool
    /// The message of our audio where nothing but the audio changes in it.
    var audioEnvelope: AudioEnvelope?

    /// A dialect for one call.
    ///
    /// - Parameters:
    ///   - name: which dialect.
    ///   - options: the route's options, as ``DialectDescription/options`` describes them.
    ///   - handshake: what the platform said when it opened the socket.
    ///   - random: a source of random numbers for ids that the platform does not send.
    /// - Throws: when an option has a bad value.
    package init(
        name: DialectName,
        options: BotOptions = BotOptions(),
        handshake: OpeningHandshake = OpeningHandshake(),
        random: @escaping @Sendable () -> UInt64 = { .random(in: .min ... .max) }
    ) throws(DialectError) {
        self.name = name
        switch name {
        case .ivrSolutions:
            let settings = try IVRSolutionsSettings(options: options)
            capabilities = IVRSolutionsDialect.capabilities(settings)
            let dialect = IVRSolutionsDialect(settings: settings, random: random)
            audioEnvelope = dialect.audioEnvelope
            platform = .ivrSolutions(dialect)
        case .exotel:
            let settings = try ExotelSettings(options: options)
            capabilities = ExotelDialect.capabilities
            platform = .exotel(ExotelDialect(settings: settings, handshake: handshake, random: random))
        case .twilio:
            let settings = try TwilioSettings(options: options)
            capabilities = TwilioDialect.capabilities(settings)
            platform = .twilio(TwilioDialect(settings: settings, random: random))
        case .plivo:
            let settings = try PlivoSettings(options: options)
            capabilities = PlivoDialect.capabilities(settings)
            platform = .plivo(PlivoDialect(settings: settings, random: random))
        case .telnyx:
            let settings = try TelnyxSettings(options: options)
            capabilities = TelnyxDialect.capabilities
            let dialect = TelnyxDialect(settings: settings, random: random)
            audioEnvelope = dialect.audioEnvelope
            platform = .telnyx(dialect)
        case .vonage:
            capabilities = VonageDialect.capabilities
            platform = .vonage(VonageDialect(random: random))
        case .asterisk:
            let settings = try AsteriskSettings(options: options)
            capabilities = AsteriskDialect.capabilities
            platform = .asterisk(AsteriskDialect(settings: settings, handshake: handshake, random: random))
        case .jambonz:
            let settings = try JambonzSettings(options: options)
            capabilities = JambonzDialect.capabilities
            platform = .jambonz(JambonzDialect(settings: settings, random: random))
        case .genesys:
            let settings = try GenesysSettings(options: options)
            capabilities = GenesysDialect.capabilities(settings)
            platform = .genesys(GenesysDialect(settings: settings, handshake: handshake))
        case .ozonetel:
            let settings = try OzonetelSettings(options: options)
            capabilities = OzonetelDialect.capabilities
            platform = .ozonetel(OzonetelDialect(settings: settings, random: random))
        }
        scansMedia =
            switch platform {
            case .ivrSolutions(let dialect): dialect.settings.inputAudioPath.isEmpty
            case .exotel, .twilio, .plivo, .telnyx: true
            case .vonage, .asterisk, .jambonz, .genesys, .ozonetel, .taken: false
            }
    }

    /// Sizes of audio messages that the platform takes, at the wire's format to the platform.
    package func framing(for format: AudioFormat) -> AudioFraming? {
        switch platform {
        case .ivrSolutions(let dialect): dialect.framing(for: format)
        case .exotel(let dialect): dialect.framing(for: format)
        case .twilio(let dialect): dialect.framing(for: format)
        case .plivo(let dialect): dialect.framing(for: format)
        case .telnyx(let dialect): dialect.framing(for: format)
        case .vonage(let dialect): dialect.framing(for: format)
        case .asterisk(let dialect): dialect.framing(for: format)
        case .jambonz(let dialect): dialect.framing(for: format)
        case .genesys(let dialect): dialect.framing(for: format)
        case .ozonetel(let dialect): dialect.framing(for: format)
        case .taken: nil
        }
    }

    /// Takes the platform's dialect out, to be changed and put back.
    mutating func take() -> Platform {
        let taken = platform
        platform = .taken
        return taken
    }
}

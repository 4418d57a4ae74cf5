// SPDX-License-Identifier: Apache-2.0

/// A platform that can be played, by the name of its dialect.
public enum SimulatedDialect: String, Sendable, CaseIterable {
    /// IVR Solutions' WSS telephony bridge.
    case ivrSolutions = "ivr-solutions"
    /// Exotel's AgentStream, the Voicebot applet.
    case exotel
    /// Twilio's two-way Media Streams.
    case twilio
    /// Plivo's two-way audio streams.
    case plivo
    /// Telnyx's media streaming in RTP mode.
    case telnyx
    /// Vonage's WebSocket endpoint.
    case vonage
    /// Asterisk's WebSocket channel, its control messages in JSON unless the variant says words.
    case asterisk
    /// jambonz's `listen` with streamed audio both ways.
    case jambonz
    /// Genesys Cloud's Audio Connector.
    case genesys
    /// Ozonetel's streams.
    case ozonetel

    /// The formats that the platform can be set to, the usual one first.
    public var formats: [SimulatedAudioFormat] {
        switch self {
        case .ivrSolutions:
            [SimulatedAudioFormat.Encoding.pcm, .ulaw, .alaw].flatMap { encoding in
                SimulatedAudioFormat.sampleRates.compactMap { SimulatedAudioFormat(encoding, sampleRate: $0) }
            }
        case .exotel: Self.linear(8_000, 16_000, 24_000)
        case .twilio: [.ulaw8kHz]
        case .plivo: [.ulaw8kHz] + Self.linear(8_000, 16_000)
        case .telnyx: [.ulaw8kHz, .alaw8kHz] + Self.linear(8_000, 16_000, 24_000, 48_000)
        case .vonage: Self.linear(16_000, 8_000, 24_000)
        case .asterisk: [.ulaw8kHz, .alaw8kHz] + Self.linear(8_000, 16_000, 24_000, 48_000)
        case .jambonz: Self.linear(8_000, 16_000, 24_000, 48_000)
        case .genesys: [.ulaw8kHz, .pcm8kHz]
        case .ozonetel: [.pcm8kHz]
        }
    }

    /// What one media message of the platform carries, in milliseconds.
    public var frameMilliseconds: Int {
        switch self {
        case .exotel: 100
        case .ozonetel: 10
        case .ivrSolutions, .twilio, .plivo, .telnyx, .vonage, .asterisk, .jambonz, .genesys: 20
        }
    }

    /// The platform's side of a call's wire.
    func wire(of call: SimulatedCallConfiguration) -> any PlatformWire {
        switch self {
        case .ivrSolutions: IVRSolutionsWire(call)
        case .exotel: ExotelWire(call)
        case .twilio: TwilioWire(call)
        case .plivo: PlivoWire(call)
        case .telnyx: TelnyxWire(call)
        case .vonage: VonageWire(call)
        case .asterisk where call.variant == .plainText: AsteriskWordsWire(call)
        case .asterisk: AsteriskWire(call)
        case .jambonz: JambonzWire(call)
        case .genesys: GenesysWire(call)
        case .ozonetel: OzonetelWire(call)
        }
    }

    private static func linear(_ rates: Int...) -> [SimulatedAudioFormat] {
        rates.compactMap { SimulatedAudioFormat(.pcm, sampleRate: $0) }
    }
}

// SPDX-License-Identifier: Apache-2.0

/// The dialects, by the names that configurations and command lines use.
package enum DialectName: String, Sendable, CaseIterable {
    /// The WSS telephony bridge of IVR Solutions.
    case ivrSolutions = "ivr-solutions"
    /// Exotel's AgentStream.
    case exotel
    /// Twilio Media Streams and their copies.
    case twilio
    /// Plivo audio streaming and its copies.
    case plivo
    /// Telnyx media streaming.
    case telnyx
    /// A WebSocket endpoint of the Vonage Voice API.
    case vonage
    /// Asterisk's WebSocket channels (`chan_websocket`).
    case asterisk
    /// The jambonz verb `listen`.
    case jambonz
    /// Genesys Cloud AudioHook and Audio Connector.
    case genesys
    /// The audio streams of Ozonetel (CloudAgent, KooKoo).
    case ozonetel

    /// What the dialect is and which options it takes.
    package var details: DialectDescription {
        switch self {
        case .ivrSolutions: IVRSolutionsDialect.details
        case .exotel: ExotelDialect.details
        case .twilio: TwilioDialect.details
        case .plivo: PlivoDialect.details
        case .telnyx: TelnyxDialect.details
        case .vonage: VonageDialect.details
        case .asterisk: AsteriskDialect.details
        case .jambonz: JambonzDialect.details
        case .genesys: GenesysDialect.details
        case .ozonetel: OzonetelDialect.details
        }
    }
}

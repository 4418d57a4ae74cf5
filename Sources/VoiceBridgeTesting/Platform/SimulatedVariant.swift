// SPDX-License-Identifier: Apache-2.0

/// A platform that copies another's wire and differs from it, or a second way of writing that a platform has.
public enum SimulatedVariant: String, Sendable, CaseIterable {
    /// SignalWire's cXML, on Twilio's wire: linear audio, and keys to the caller.
    case signalwire
    /// Tata Smartflo, on Twilio's wire: tells the numbers, takes audio in blocks of 160 bytes and a hang-up.
    case smartflo
    /// Acefone, which speaks as Smartflo.
    case acefone
    /// Vobiz, on Plivo's wire: takes a hang-up.
    case vobiz
    /// Asterisk with its control messages as words, which is how it writes unless told otherwise.
    case plainText = "plain-text"

    /// Whose wire it is on.
    public var dialect: SimulatedDialect {
        switch self {
        case .signalwire, .smartflo, .acefone: .twilio
        case .vobiz: .plivo
        case .plainText: .asterisk
        }
    }

    /// The formats that it can be set to, the usual one first.
    public var formats: [SimulatedAudioFormat] {
        switch self {
        case .signalwire:
            [.ulaw8kHz] + [16_000, 24_000].compactMap { SimulatedAudioFormat(.pcm, sampleRate: $0) }
        case .smartflo, .acefone: [.ulaw8kHz]
        case .vobiz, .plainText: dialect.formats
        }
    }

    /// What one media message carries, in milliseconds.
    public var frameMilliseconds: Int {
        switch self {
        case .smartflo, .acefone: 100
        case .signalwire, .vobiz, .plainText: dialect.frameMilliseconds
        }
    }

    /// Whether it is one of the two that speak alike.
    var isSmartflo: Bool { self == .smartflo || self == .acefone }
}

// SPDX-License-Identifier: Apache-2.0

package import CallModel

/// What a route may choose about the Telnyx wire: what the platform was told and does not repeat in `start`.
package struct TelnyxSettings: Sendable, Equatable {
    /// The codec of our audio, `stream_bidirectional_codec`.
    package enum Codec: String, Sendable, CaseIterable {
        /// G.711 µ-law.
        case pcmu = "PCMU"
        /// G.711 A-law.
        case pcma = "PCMA"
        /// 16-bit linear PCM.
        case l16 = "L16"

        /// The codec in our words.
        var encoding: AudioEncoding {
            switch self {
            case .pcmu: .muLaw
            case .pcma: .aLaw
            case .l16: .linear16
            }
        }
    }

    /// Which byte of an L16 sample comes first.
    package enum ByteOrder: String, Sendable, CaseIterable {
        /// The high one, as in RTP (RFC 3551 §4.5.11).
        case big
        /// The low one.
        case little
    }

    /// The format of our audio; µ-law at 8 kHz by default, which is the platform's.
    package var outboundFormat = AudioFormat.muLaw8kHz
    /// Which byte of an L16 sample comes first, both ways; the high one by default.
    package var byteOrder = ByteOrder.big

    /// The defaults.
    package init() {}

    /// The settings that a route's options ask for, as ``options`` describes them; throws when one has a bad value.
    package init(options: BotOptions) throws(DialectError) {
        let codec: Codec = try options.choice("bidirectional_codec", default: .pcmu)
        let rate = try options.choice("bidirectional_sampling_rate", default: Rate.hz8000)
        guard codec == .l16 || rate == .hz8000 else {
            throw .badOption("bidirectional_sampling_rate", problem: "must be 8000 for \(codec.rawValue)")
        }
        guard let format = AudioFormat(encoding: codec.encoding, sampleRate: rate.hertz) else {
            throw .badOption("bidirectional_sampling_rate", problem: "is no rate that this server converts to")
        }
        outboundFormat = format
        byteOrder = try options.choice("l16_byte_order", default: .big)
    }

    /// Rates of our audio; the platform's 22050 Hz is none that this server converts to.
    enum Rate: String, CaseIterable {
        case hz8000 = "8000"
        case hz16000 = "16000"
        case hz24000 = "24000"
        case hz48000 = "48000"

        var hertz: Int {
            switch self {
            case .hz8000: 8_000
            case .hz16000: 16_000
            case .hz24000: 24_000
            case .hz48000: 48_000
            }
        }
    }

    /// Linear audio at each of the rates.
    static let linearFormats = Rate.allCases.compactMap { AudioFormat(encoding: .linear16, sampleRate: $0.hertz) }

    /// The options that a route of this dialect takes.
    package static let options: [BotOption] = [
        BotOption(
            name: "bidirectional_codec",
            kind: .choice(Codec.allCases.map(\.rawValue)),
            default: .text(Codec.pcmu.rawValue),
            summary: "The codec of our audio: what stream_bidirectional_codec was set to."
        ),
        BotOption(
            name: "bidirectional_sampling_rate",
            kind: .choice(Rate.allCases.map(\.rawValue)),
            default: .text(Rate.hz8000.rawValue),
            summary: "The rate of our audio in hertz: what stream_bidirectional_sampling_rate was set to."
        ),
        BotOption(
            name: "l16_byte_order",
            kind: .choice(ByteOrder.allCases.map(\.rawValue)),
            default: .text(ByteOrder.big.rawValue),
            summary: "Which byte of an L16 sample comes first, which Telnyx does not publish."
        ),
    ]
}

// SPDX-License-Identifier: Apache-2.0

/// Something wrong with a stream: what, by whose doing, and what to do about it.
package struct AudioFinding: Equatable, Sendable, CustomStringConvertible {
    /// Who causes it.
    package enum Side: String, Equatable, Sendable {
        /// What calls and streams the call: its encoder or its configuration.
        case platform
        /// The caller's telephone or the line behind the platform: the platform passes on what it gets.
        case caller
        /// Our bot.
        case bot
    }

    /// What is wrong.
    package enum Fault: Equatable, Sendable {
        /// The bytes are of another encoding than declared.
        case encoding(declared: StreamEncoding, actual: StreamEncoding)
        /// 16-bit samples come high byte first.
        case byteOrder
        /// 16-bit samples are cut one byte off: one was lost or added before.
        case shiftedByte
        /// A WAV header is among the samples, at this byte of the stream.
        case header(at: Int)
        /// This many messages ended inside a sample.
        case oddBytes(messages: Int)
        /// Samples come at another rate than declared, both per second.
        case rate(declared: Int, measured: Int)
        /// The samples' mean, 16-bit scale.
        case directCurrent(mean: Int)
        /// The share of samples that stand at full scale in a row, in parts per million.
        case clipping(partsPerMillion: Int)
        /// Nothing but digital silence from the beginning, for so many milliseconds.
        case deadSilence(milliseconds: Int)
    }

    /// What is wrong.
    package var fault: Fault
    /// Who causes it.
    package var side: Side

    /// A finding with its parts.
    package init(fault: Fault, side: Side) {
        self.fault = fault
        self.side = side
    }

    /// A few fixed words, fit for a metric's label.
    package var shortDescription: String {
        switch fault {
        case .encoding: "wrong encoding"
        case .byteOrder: "byte order"
        case .shiftedByte: "shifted byte"
        case .header: "WAV header"
        case .oddBytes: "odd bytes"
        case .rate: "wrong rate"
        case .directCurrent: "direct current"
        case .clipping: "clipping"
        case .deadSilence: "dead silence"
        }
    }

    package var description: String {
        let what =
            switch fault {
            case .encoding(let declared, let actual):
                "declared as \(declared.name), but the bytes are \(actual.name); declare or send the one encoding"
            case .byteOrder: "16-bit samples come high byte first; send them little-endian"
            case .shiftedByte: "16-bit samples are cut one byte off; send whole samples in every message"
            case .header(let offset): "a WAV header at byte \(offset) is played as samples; send the samples alone"
            case .oddBytes(let messages):
                "\(messages) \(messages == 1 ? "message" : "messages") ended inside a sample; send whole samples"
            case .rate(let declared, let measured):
                "\(measured) samples a second come where \(declared) were declared; declare or send the one rate"
            case .directCurrent(let mean): "the mean is \(mean) instead of 0; remove the direct current"
            case .clipping(let share): "\(share) samples of a million are cut off at full scale; lower the gain"
            case .deadSilence(let time): "nothing but digital silence for \(time) ms; check mute and one-way audio"
            }
        return "\(side.rawValue): \(shortDescription): \(what)"
    }
}

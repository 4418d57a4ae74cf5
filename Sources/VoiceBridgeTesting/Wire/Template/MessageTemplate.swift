// SPDX-License-Identifier: Apache-2.0

/// A message of a platform with its changing values left open, so that writing one is copying bytes.
package struct MessageTemplate: Sendable, Equatable {
    /// What is put into a template.
    package struct Values: Sendable {
        /// The stream's id, as UTF-8 without anything that JSON escapes.
        package var streamID: [UInt8]
        /// The call's id, likewise.
        package var callID: [UInt8]
        /// How many numbered messages went before this one, the first of the call among them.
        package var sequence = 0
        /// The number of the frame of audio, from 1.
        package var chunk = 0
        /// The end of the frame in milliseconds.
        package var milliseconds = 0

        /// The values of a call before its first message.
        package init(streamID: String, callID: String) {
            self.streamID = Array(streamID.utf8)
            self.callID = Array(callID.utf8)
        }
    }

    enum Piece: Sendable, Equatable {
        case bytes([UInt8])
        case streamID
        case callID
        /// A number of ``Values`` and what the platform adds to it.
        case number(Number, plus: Int)
        /// What is given beside the values: audio as it is written on the wire, or the name of a mark.
        case content
    }

    enum Number: Sendable, Equatable { case sequence, chunk, milliseconds }

    let pieces: [Piece]
    /// Whether the message counts in the platform's own numbering.
    package let isNumbered: Bool

    /// Appends the message to `out`.
    ///
    /// - Parameters:
    ///   - values: The values left open.
    ///   - content: The audio as ``PlatformTemplates/payload(of:)`` gave it, or the name of a mark.
    ///   - out: Where the message is appended.
    package func write(_ values: borrowing Values, content: [UInt8] = [], into out: inout [UInt8]) {
        for piece in pieces {
            switch piece {
            case .bytes(let bytes): out.append(contentsOf: bytes)
            case .streamID: out.append(contentsOf: values.streamID)
            case .callID: out.append(contentsOf: values.callID)
            case .content: out.append(contentsOf: content)
            case .number(.sequence, let offset): Self.append(values.sequence + offset, to: &out)
            case .number(.chunk, let offset): Self.append(values.chunk + offset, to: &out)
            case .number(.milliseconds, let offset): Self.append(values.milliseconds + offset, to: &out)
            }
        }
    }

    /// Appends a number that is not negative in decimal.
    private static func append(_ number: Int, to out: inout [UInt8]) {
        var scale = 1
        while number / scale >= 10 { scale *= 10 }
        while scale > 0 {
            out.append(UInt8(ascii: "0") + UInt8(number / scale % 10))
            scale /= 10
        }
    }
}

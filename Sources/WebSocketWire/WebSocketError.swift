// SPDX-License-Identifier: Apache-2.0

/// The peer broke RFC 6455 or RFC 7692, or sent more than this side takes.
///
/// Costs the connection.
package struct WebSocketError: Error, Equatable, Sendable, CustomStringConvertible {
    /// Each fault there is; a new one has to say its close code and its words below.
    enum Code: Equatable, Sendable {
        case reservedBits(UInt8)
        case reservedOpcode(UInt8)
        case fragmentedControlFrame(Opcode)
        case controlFrameTooLong(Opcode)
        case maskedFrame
        case unmaskedFrame
        case lengthNotMinimal(Int)
        case lengthTopBitSet
        case unexpectedContinuation
        case missingContinuation(Opcode)
        case closePayloadTooShort
        case invalidCloseCode(CloseCode)
        case closeReasonNotUTF8
        case textNotUTF8
        case frameTooLong(Int, limit: Int)
        case messageTooLong(limit: Int)
        case tooManyFragments(limit: Int)
        case invalidCompressedData
        case compressionFailed(Int32)
    }

    let code: Code

    init(_ code: Code) {
        self.code = code
    }

    /// The code of the close frame that answers this fault: exactly one each.
    package var closeCode: CloseCode {
        switch code {
        case .reservedBits, .reservedOpcode, .fragmentedControlFrame, .controlFrameTooLong, .maskedFrame,
            .unmaskedFrame, .lengthNotMinimal, .lengthTopBitSet, .unexpectedContinuation, .missingContinuation,
            .closePayloadTooShort, .invalidCloseCode:
            .protocolError
        case .closeReasonNotUTF8, .textNotUTF8, .invalidCompressedData:
            .invalidPayload
        case .frameTooLong, .messageTooLong, .tooManyFragments:
            .messageTooBig
        case .compressionFailed:
            .internalError
        }
    }

    /// The fault in a few fixed words, fit for a metric's label and for the close frame's reason.
    package var shortDescription: String {
        switch code {
        case .reservedBits: "reserved bits set"
        case .reservedOpcode: "reserved opcode"
        case .fragmentedControlFrame: "control frame fragmented"
        case .controlFrameTooLong: "control frame too long"
        case .maskedFrame: "masked frame from a server"
        case .unmaskedFrame: "unmasked frame from a client"
        case .lengthNotMinimal: "length not minimal"
        case .lengthTopBitSet: "length has its top bit set"
        case .unexpectedContinuation: "continuation without a message"
        case .missingContinuation: "new message inside a message"
        case .closePayloadTooShort: "close payload of one byte"
        case .invalidCloseCode: "invalid close code"
        case .closeReasonNotUTF8: "close reason is not UTF-8"
        case .textNotUTF8: "text is not UTF-8"
        case .frameTooLong: "frame too long"
        case .messageTooLong: "message too long"
        case .tooManyFragments: "too many fragments"
        case .invalidCompressedData: "compressed data invalid"
        case .compressionFailed: "compression failed"
        }
    }

    /// What the peer did, with the numbers.
    package var description: String {
        switch code {
        case .reservedBits(let bits): "the peer sent a frame with reserved bits \(bits) set"
        case .reservedOpcode(let opcode): "the peer sent the reserved opcode \(opcode)"
        case .fragmentedControlFrame(let opcode): "the peer sent a fragmented \(opcode) frame"
        case .controlFrameTooLong(let opcode): "the peer sent a \(opcode) frame of more than 125 bytes"
        case .lengthNotMinimal(let length): "the peer wrote the length \(length) in more bytes than it needs"
        case .missingContinuation(let opcode): "the peer began a \(opcode) message before the last one was complete"
        case .invalidCloseCode(let code): "the peer sent the close code \(code), which may not be sent"
        case .frameTooLong(let length, let limit):
            "the peer announced a frame of \(length) bytes, the limit is \(limit); raise the message size limit"
        case .messageTooLong(let limit):
            "the peer's message exceeds the limit of \(limit) bytes; raise the message size limit"
        case .tooManyFragments(let limit): "the peer's message has more than \(limit) fragments"
        case .compressionFailed(let result): "zlib returned \(result), most likely for want of memory"
        case .maskedFrame, .unmaskedFrame, .lengthTopBitSet, .unexpectedContinuation, .closePayloadTooShort,
            .closeReasonNotUTF8, .textNotUTF8, .invalidCompressedData:
            "the peer broke the protocol: \(shortDescription)"
        }
    }
}

// SPDX-License-Identifier: Apache-2.0

extension WebSocketError {
    // RFC 6455 §5.2, the frame header.
    package static func reservedBits(_ bits: UInt8) -> Self { Self(.reservedBits(bits)) }
    package static func reservedOpcode(_ opcode: UInt8) -> Self { Self(.reservedOpcode(opcode)) }
    package static func lengthNotMinimal(_ length: Int) -> Self { Self(.lengthNotMinimal(length)) }
    package static let lengthTopBitSet = Self(.lengthTopBitSet)
    package static let maskedFrame = Self(.maskedFrame)
    package static let unmaskedFrame = Self(.unmaskedFrame)

    // RFC 6455 §5.4 and §5.5, fragments and control frames.
    package static func fragmentedControlFrame(_ opcode: Opcode) -> Self { Self(.fragmentedControlFrame(opcode)) }
    package static func controlFrameTooLong(_ opcode: Opcode) -> Self { Self(.controlFrameTooLong(opcode)) }
    package static let unexpectedContinuation = Self(.unexpectedContinuation)
    package static func missingContinuation(_ opcode: Opcode) -> Self { Self(.missingContinuation(opcode)) }

    // RFC 6455 §5.5.1 and §7.4, closing.
    package static let closePayloadTooShort = Self(.closePayloadTooShort)
    package static func invalidCloseCode(_ code: CloseCode) -> Self { Self(.invalidCloseCode(code)) }
    package static let closeReasonNotUTF8 = Self(.closeReasonNotUTF8)

    // RFC 6455 §8.1 and §10.4, text and limits.
    package static let textNotUTF8 = Self(.textNotUTF8)
    package static func frameTooLong(_ length: Int, limit: Int) -> Self { Self(.frameTooLong(length, limit: limit)) }
    package static func messageTooLong(limit: Int) -> Self { Self(.messageTooLong(limit: limit)) }
    package static func tooManyFragments(limit: Int) -> Self { Self(.tooManyFragments(limit: limit)) }

    // RFC 7692 §7, compression.
    package static let invalidCompressedData = Self(.invalidCompressedData)
    package static func compressionFailed(_ result: Int32) -> Self { Self(.compressionFailed(result)) }
}

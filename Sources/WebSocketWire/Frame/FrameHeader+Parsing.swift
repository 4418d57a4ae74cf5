// SPDX-License-Identifier: Apache-2.0

extension FrameHeader {
    /// What a header is checked against before a byte of its payload is kept.
    package struct Rules: Sendable, Equatable {
        /// The side that reads.
        package var role: WebSocketRole
        /// Whether permessage-deflate was agreed, which gives RSV1 a meaning.
        package var allowsCompression: Bool
        /// The longest payload taken, in bytes.
        package var maximumPayloadLength: Int

        /// Makes the rules of one side.
        package init(role: WebSocketRole, allowsCompression: Bool, maximumPayloadLength: Int) {
            self.role = role
            self.allowsCompression = allowsCompression
            self.maximumPayloadLength = maximumPayloadLength
        }
    }

    /// Reads a header from the start of `bytes`.
    ///
    /// A fault is reported as soon as the byte that shows it is there.
    ///
    /// - Returns: The header, or `nil` when more bytes are needed.
    /// - Throws: `WebSocketError`: reserved bits or opcode, mask of the wrong direction, a length that is not
    ///   minimal or has its top bit set, a control frame longer than 125 bytes or fragmented, a payload over the limit.
    package static func parse(_ bytes: Span<UInt8>, rules: Rules) throws(WebSocketError) -> FrameHeader? {
        guard bytes.count >= 1 else { return nil }
        let first = bytes[0]
        guard let opcode = Opcode(rawValue: first & 0x0F) else { throw .reservedOpcode(first & 0x0F) }
        let isCompressed = first & 0x40 != 0
        let compressible = rules.allowsCompression && (opcode == .text || opcode == .binary)
        guard first & 0x30 == 0, !isCompressed || compressible else { throw .reservedBits(first >> 4 & 0x07) }
        let isFinal = first & 0x80 != 0
        guard isFinal || !opcode.isControl else { throw .fragmentedControlFrame(opcode) }

        guard bytes.count >= 2 else { return nil }
        let second = bytes[1]
        let isMasked = second & 0x80 != 0
        guard isMasked == (rules.role == .server) else { throw isMasked ? .maskedFrame : .unmaskedFrame }
        let shortLength = Int(second & 0x7F)
        guard shortLength <= 125 || !opcode.isControl else { throw .controlFrameTooLong(opcode) }

        guard let (payloadLength, lengthEnd) = try parseLength(bytes, shortLength: shortLength) else { return nil }
        // A control frame is at most 125 bytes; the limit is about messages.
        guard opcode.isControl || payloadLength <= rules.maximumPayloadLength else {
            throw .frameTooLong(payloadLength, limit: rules.maximumPayloadLength)
        }

        guard isMasked else {
            return FrameHeader(
                isFinal: isFinal,
                isCompressed: isCompressed,
                opcode: opcode,
                maskingKey: nil,
                payloadLength: payloadLength,
                headerLength: lengthEnd
            )
        }
        guard bytes.count >= lengthEnd + 4 else { return nil }
        var key: UInt32 = 0
        for index in 0..<4 {
            key |= UInt32(bytes[lengthEnd + index]) << UInt32(8 * index)
        }
        return FrameHeader(
            isFinal: isFinal,
            isCompressed: isCompressed,
            opcode: opcode,
            maskingKey: key,
            payloadLength: payloadLength,
            headerLength: lengthEnd + 4
        )
    }

    /// Reads the extended length, if the short one announces it.
    private static func parseLength(
        _ bytes: Span<UInt8>,
        shortLength: Int
    ) throws(WebSocketError) -> (payloadLength: Int, lengthEnd: Int)? {
        switch shortLength {
        case 126:
            guard bytes.count >= 4 else { return nil }
            let length = Int(bytes[2]) << 8 | Int(bytes[3])
            guard length > 125 else { throw .lengthNotMinimal(length) }
            return (length, 4)
        case 127:
            guard bytes.count < 3 || bytes[2] & 0x80 == 0 else { throw .lengthTopBitSet }
            guard bytes.count >= 10 else { return nil }
            var length = 0
            for index in 2..<10 {
                length = length << 8 | Int(bytes[index])
            }
            guard length > 0xFFFF else { throw .lengthNotMinimal(length) }
            return (length, 10)
        default:
            return (shortLength, 2)
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package import NIOCore

extension FrameHeader {
    /// Makes a header for a payload of `payloadLength` bytes, in its minimal length.
    package init(
        opcode: Opcode,
        payloadLength: Int,
        isFinal: Bool = true,
        isCompressed: Bool = false,
        maskingKey: UInt32? = nil
    ) {
        self.isFinal = isFinal
        self.isCompressed = isCompressed
        self.opcode = opcode
        self.maskingKey = maskingKey
        self.payloadLength = payloadLength
        let lengthBytes = payloadLength < 126 ? 0 : payloadLength <= 0xFFFF ? 2 : 8
        self.headerLength = 2 + lengthBytes + (maskingKey == nil ? 0 : 4)
    }

    /// Appends the header to `buffer`.
    ///
    /// The payload, masked if there is a key, goes straight behind it.
    package func write(into buffer: inout ByteBuffer) {
        let first = (isFinal ? 0x80 : 0) | (isCompressed ? 0x40 : 0) | opcode.rawValue
        let maskBit: UInt8 = maskingKey == nil ? 0 : 0x80
        if payloadLength < 126 {
            buffer.writeInteger(UInt16(first) << 8 | UInt16(maskBit | UInt8(payloadLength)))
        } else if payloadLength <= 0xFFFF {
            buffer.writeInteger(UInt32(first) << 24 | UInt32(maskBit | 126) << 16 | UInt32(payloadLength))
        } else {
            buffer.writeInteger(UInt16(first) << 8 | UInt16(maskBit | 127))
            buffer.writeInteger(UInt64(payloadLength))
        }
        if let maskingKey {
            buffer.writeInteger(maskingKey, endianness: .little)
        }
    }
}

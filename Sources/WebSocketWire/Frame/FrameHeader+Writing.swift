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
        self.headerLength = Self.writtenLength(payloadLength: payloadLength, isMasked: maskingKey != nil)
    }

    /// Appends the header to `buffer`.
    ///
    /// The payload, masked if there is a key, goes straight behind it.
    package func write(into buffer: inout ByteBuffer) {
        let first = (isFinal ? 0x80 : 0) | (isCompressed ? 0x40 : 0) | opcode.rawValue
        let maskBit: UInt8 = maskingKey == nil ? 0 : 0x80
        let length = payloadLength
        let key = maskingKey
        let room = Self.writtenLength(payloadLength: length, isMasked: key != nil)
        buffer.writeWithOutputRawSpan(minimumWritableBytes: room) { output in
            output.append(first)
            if length < 126 {
                output.append(maskBit | UInt8(truncatingIfNeeded: length))
            } else if length <= 0xFFFF {
                output.append(maskBit | 126)
                unsafe output.append(UInt16(truncatingIfNeeded: length).bigEndian, as: UInt16.self)
            } else {
                output.append(maskBit | 127)
                unsafe output.append(UInt64(truncatingIfNeeded: length).bigEndian, as: UInt64.self)
            }
            if let key { unsafe output.append(key.littleEndian, as: UInt32.self) }
        }
    }

    private static func writtenLength(payloadLength: Int, isMasked: Bool) -> Int {
        2 + (payloadLength < 126 ? 0 : payloadLength <= 0xFFFF ? 2 : 8) + (isMasked ? 4 : 0)
    }
}

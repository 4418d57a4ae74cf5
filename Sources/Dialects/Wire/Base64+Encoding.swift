// SPDX-License-Identifier: Apache-2.0

package import NIOCore

extension Base64 {
    /// Appends bytes in the standard alphabet with padding; the output must have room for them.
    static func encode(_ bytes: RawSpan, into output: inout OutputRawSpan) {
        let table = pairs
        let pairs = table.span
        let whole = bytes.byteCount / 3 * 3
        var index = 0
        while index < whole {
            // The condition keeps index + 2 below the count, and a value of 12 bits is below the table's 4,096.
            let first = unsafe UInt32(Self.byte(bytes, index)) << 16
            let second = unsafe UInt32(Self.byte(bytes, index &+ 1)) << 8
            let group = unsafe first | second | UInt32(Self.byte(bytes, index &+ 2))
            let high = unsafe UInt32(pairs[unchecked: Int(group >> 12)])
            let characters = unsafe high | UInt32(pairs[unchecked: Int(group & 0xFFF)]) << 16
            unsafe output.append(characters.littleEndian, as: UInt32.self)
            index &+= 3
        }
        guard whole < bytes.byteCount else { return }
        let isPair = bytes.byteCount - whole == 2
        let second = isPair ? unsafe UInt32(Self.byte(bytes, whole + 1)) << 8 : 0
        let group = unsafe UInt32(Self.byte(bytes, whole)) << 16 | second
        output.append(alphabet[Int(group >> 18)])
        output.append(alphabet[Int(group >> 12 & 63)])
        output.append(isPair ? alphabet[Int(group >> 6 & 63)] : ASCII.equals)
        output.append(ASCII.equals)
    }

    /// The byte at an offset that is inside.
    @inline(__always)
    @unsafe
    private static func byte(_ bytes: RawSpan, _ offset: Int) -> UInt8 {
        unsafe bytes.unsafeLoad(fromUncheckedByteOffset: offset, as: UInt8.self)
    }
}

extension ByteBuffer {
    /// Writes bytes as base64 in the standard alphabet with padding.
    package mutating func writeBase64(_ bytes: Span<UInt8>) {
        writeWithOutputRawSpan(minimumWritableBytes: Base64.encodedLength(ofBytes: bytes.count)) { output in
            unsafe Base64.encode(bytes.bytes, into: &output)
        }
    }
}

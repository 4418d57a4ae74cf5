// SPDX-License-Identifier: Apache-2.0

package import NIOCore

extension Base64 {
    /// Appends bytes in the standard alphabet with padding; the output must have room for them.
    static func encode(_ bytes: RawSpan, into output: inout OutputRawSpan) {
        let table = pairs
        let pairs = table.span
        let start = output.byteCount
        unsafe output.append(repeating: ASCII.equals, count: encodedLength(ofBytes: bytes.byteCount), as: UInt8.self)
        var characters = output.mutableBytes
        var (index, written) = (0, start)
        // The conditions keep what is read below the count; the characters of all bytes have just been appended, and a
        // value of 12 bits is below the table's 4,096.
        while index &+ 8 <= bytes.byteCount {
            let eight = unsafe bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: index, as: UInt64.self).bigEndian
            for place in 0..<4 {
                let value = Int(truncatingIfNeeded: eight >> UInt64(truncatingIfNeeded: 52 &- 12 &* place)) & 0xFFF
                let pair = unsafe pairs[unchecked: value].littleEndian
                unsafe characters.storeBytes(of: pair, toUncheckedByteOffset: written &+ 2 &* place, as: UInt16.self)
            }
            index &+= 6
            written &+= 8
        }
        while index &+ 3 <= bytes.byteCount {
            let group =
                unsafe Self.byte(bytes, index) << 16 | Self.byte(bytes, index &+ 1) << 8
                | Self.byte(bytes, index &+ 2)
            for place in 0..<2 {
                let value = Int(truncatingIfNeeded: group >> UInt32(truncatingIfNeeded: 12 &- 12 &* place)) & 0xFFF
                let pair = unsafe pairs[unchecked: value].littleEndian
                unsafe characters.storeBytes(of: pair, toUncheckedByteOffset: written &+ 2 &* place, as: UInt16.self)
            }
            index &+= 3
            written &+= 4
        }
        guard index < bytes.byteCount else { return }
        let isPair = bytes.byteCount - index == 2
        let group = unsafe Self.byte(bytes, index) << 16 | (isPair ? Self.byte(bytes, index + 1) << 8 : 0)
        characters.storeBytes(of: alphabet[Int(group >> 18)], toByteOffset: written, as: UInt8.self)
        characters.storeBytes(of: alphabet[Int(group >> 12 & 63)], toByteOffset: written + 1, as: UInt8.self)
        // The padding is there already.
        guard isPair else { return }
        characters.storeBytes(of: alphabet[Int(group >> 6 & 63)], toByteOffset: written + 2, as: UInt8.self)
    }

    /// The byte at an offset that is inside.
    @inline(__always)
    @unsafe
    private static func byte(_ bytes: RawSpan, _ offset: Int) -> UInt32 {
        unsafe UInt32(bytes.unsafeLoad(fromUncheckedByteOffset: offset, as: UInt8.self))
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

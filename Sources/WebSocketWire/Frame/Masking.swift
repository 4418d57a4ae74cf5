// SPDX-License-Identifier: Apache-2.0

/// The masking of client frames (RFC 6455 §5.3): exclusive or with a four-byte key, its own inverse.
///
/// A key is a `UInt32` whose low byte is the first on the wire. The *phase* is the offset of the first byte within the
/// payload, so that a payload may be worked on in pieces.
package enum Masking {
    /// Masks or unmasks the bytes of `range`, eight at a time.
    ///
    /// - Parameters:
    ///   - bytes: Memory nobody else holds.
    ///   - range: The part of `bytes` to change; within its bounds.
    ///   - key: The key, its first byte in the low bits.
    ///   - phase: Where in the payload the range begins, 0 or more.
    /// - Returns: Whether all that came out is ASCII.
    @discardableResult
    package static func apply(to bytes: inout MutableRawSpan, range: Range<Int>, key: UInt32, phase: Int) -> Bool {
        // The shift is taken modulo the key's width: a shift by 32 would be 0, not the key.
        let shift = UInt32(phase & 3) * 8
        let turned = shift == 0 ? key : key >> shift | key << (32 - shift)
        return unsafe bytes.withUnsafeMutableBytes { whole in
            precondition(range.lowerBound >= 0 && range.upperBound <= whole.count)
            guard let start = whole.baseAddress else { return true }
            // In range by the line above; a loop the compiler turns into vectors.
            let first = unsafe start + range.lowerBound
            let wide = UInt64(turned.littleEndian) << 32 | UInt64(turned.littleEndian)
            let words = range.count / 8
            var seen: UInt64 = 0
            for word in 0..<words {
                let place = unsafe first + word * 8
                let value = unsafe place.loadUnaligned(as: UInt64.self)
                seen |= value ^ wide
                unsafe place.storeBytes(of: value ^ wide, as: UInt64.self)
            }
            for index in words * 8..<range.count {
                let place = unsafe first + index
                let value = unsafe place.load(as: UInt8.self)
                let mask = UInt8(truncatingIfNeeded: turned >> (UInt32(index & 3) * 8))
                seen |= UInt64(value ^ mask)
                unsafe place.storeBytes(of: value ^ mask, as: UInt8.self)
            }
            return seen & 0x8080_8080_8080_8080 == 0
        }
    }
}

// SPDX-License-Identifier: Apache-2.0

/// Base64 (RFC 4648 §4 and §5) between spans and reused buffers, by tables, without Foundation.
package enum Base64 {
    /// Characters that `byteCount` bytes take, padding included.
    package static func encodedLength(ofBytes byteCount: Int) -> Int { (byteCount + 2) / 3 * 4 }

    /// The most bytes that so many characters stand for.
    package static func maximumDecodedLength(ofCharacters count: Int) -> Int { count / 4 * 3 + 3 }

    /// The standard alphabet by value.
    static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    /// Two characters, the first in the low byte, for each value of 12 bits.
    static let pairs: [UInt16] = (0..<4_096).map { value in
        UInt16(alphabet[value >> 6]) | UInt16(alphabet[value & 63]) << 8
    }

    /// Stands in ``values`` for what is no character of base64.
    static let invalid: UInt32 = 1 << 24

    /// For each place in a group of four, 256 entries: a character's six bits of both alphabets where they belong in
    /// the group's three bytes, the first of them lowest, or ``invalid``.
    static let values: [UInt32] = {
        var values = [UInt32](repeating: invalid, count: 4 * 256)
        for place in 0..<4 {
            func enter(_ value: UInt32, _ character: UInt8) {
                values[place * 256 + Int(character)] = ((value << UInt32(6 * (3 - place))) << 8).byteSwapped
            }
            for (value, character) in alphabet.enumerated() { enter(UInt32(value), character) }
            enter(62, UInt8(ascii: "-"))
            enter(63, ASCII.underscore)
        }
        return values
    }()
}

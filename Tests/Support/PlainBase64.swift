// SPDX-License-Identifier: Apache-2.0

/// Base64 done bit by bit, to test fast implementations against; slow and easy to check by eye.
package enum PlainBase64 {
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")

    /// The bytes in the standard alphabet with padding (RFC 4648 §4).
    package static func encode(_ bytes: [UInt8]) -> String {
        let bits = bytes.flatMap { byte in (0..<8).map { byte >> (7 - UInt8($0)) & 1 } }
        var text = ""
        for start in stride(from: 0, to: bits.count, by: 6) {
            var value = 0
            for place in start..<start + 6 { value = value * 2 + (place < bits.count ? Int(bits[place]) : 0) }
            text.append(alphabet[value])
        }
        while text.count % 4 != 0 { text.append("=") }
        return text
    }

    /// The bytes of a text in the standard or URL-safe alphabet; nil when it is not base64.
    ///
    /// White space of ASCII is skipped; padding is right or left out; spare bits do not count.
    package static func decode(_ text: [UInt8]) -> [UInt8]? {
        let blanks: [UInt8] = [0x20, 0x09, 0x0A, 0x0C, 0x0D]
        var kept = text.filter { !blanks.contains($0) }.map { Character(Unicode.Scalar($0)) }
        let length = kept.count
        var padding = 0
        while kept.last == "=" {
            kept.removeLast()
            padding += 1
        }
        guard padding == 0 || (padding <= 2 && length % 4 == 0) else { return nil }
        guard kept.count % 4 != 1 else { return nil }
        var bits: [UInt8] = []
        for character in kept {
            let standard: Character = character == "-" ? "+" : character == "_" ? "/" : character
            guard let value = alphabet.firstIndex(of: standard) else { return nil }
            for place in 0..<6 { bits.append(UInt8(value >> (5 - place) & 1)) }
        }
        var bytes: [UInt8] = []
        for start in stride(from: 0, to: bits.count / 8 * 8, by: 8) {
            bytes.append(bits[start..<start + 8].reduce(0) { $0 << 1 | $1 })
        }
        return bytes
    }
}

// SPDX-License-Identifier: Apache-2.0

/// What SHA-1 and SHA-256 share, and the code of a message that is made of them.
package enum PlainHash {
    /// Bytes of a block.
    private static let blockSize = 64

    /// The message with a one, zeros and its length in bits behind it, as blocks of 16 words (FIPS 180-4 §5.1.1).
    static func blocks(of message: [UInt8]) -> [[UInt32]] {
        var bytes = message + [0x80]
        while bytes.count % blockSize != blockSize - 8 { bytes.append(0) }
        let bits = UInt64(message.count) * 8
        bytes += (0..<8).map { UInt8(truncatingIfNeeded: bits >> (56 - 8 * UInt64($0))) }
        return stride(from: 0, to: bytes.count, by: blockSize).map { start in
            (0..<16).map { word in
                (0..<4).reduce(UInt32(0)) { $0 << 8 | UInt32(bytes[start + word * 4 + $1]) }
            }
        }
    }

    /// Words as bytes, the high one first.
    static func bytes(of words: [UInt32]) -> [UInt8] {
        words.flatMap { word in (0..<4).map { UInt8(truncatingIfNeeded: word >> (24 - 8 * UInt32($0))) } }
    }

    /// The keyed code of a message (RFC 2104 §2).
    package static func code(_ message: [UInt8], key: [UInt8], _ digest: ([UInt8]) -> [UInt8]) -> [UInt8] {
        let short = key.count > blockSize ? digest(key) : key
        let padded = short + [UInt8](repeating: 0, count: blockSize - short.count)
        return digest(padded.map { $0 ^ 0x5C } + digest(padded.map { $0 ^ 0x36 } + message))
    }
}

// SPDX-License-Identifier: Apache-2.0
internal import NIOCore

/// Checks UTF-8 as it streams in and fails at the first byte that cannot be right (RFC 6455 §8.1, RFC 3629 §4).
///
/// Overlong forms, surrogates and values above U+10FFFF are refused at the second byte of their sequence.
package struct UTF8Validator: Sendable, Equatable {
    /// Bytes still missing from the sequence under way.
    private var missing: UInt8 = 0
    /// The least value the next continuation byte may have.
    private var lowerBound: UInt8 = 0x80
    /// The greatest value the next continuation byte may have.
    private var upperBound: UInt8 = 0xBF

    /// Starts at the beginning of a text.
    package init() {}

    /// Whether the text so far ends between two characters.
    package var isComplete: Bool { missing == 0 }

    /// Takes the next `bytes` of the text.
    ///
    /// - Returns: Whether the text can still become valid. After `false` the validator is of no further use.
    package mutating func consume(_ bytes: Span<UInt8>) -> Bool {
        let count = bytes.count
        var index = 0
        while index < count {
            if missing == 0 {
                index = Self.endOfASCII(bytes, from: index)
                if index == count { return true }
            }
            guard consume(bytes[index]) else { return false }
            index += 1
        }
        return true
    }

    /// Takes a range of the readable bytes of `buffer`.
    mutating func consume(_ buffer: borrowing ByteBuffer, _ range: Range<Int>) -> Bool {
        consume(buffer.readableBytesUInt8Span.extracting(range))
    }

    /// Takes one byte.
    private mutating func consume(_ byte: UInt8) -> Bool {
        if missing > 0 {
            guard byte >= lowerBound, byte <= upperBound else { return false }
            missing -= 1
            lowerBound = 0x80
            upperBound = 0xBF
            return true
        }
        switch byte {
        case 0x00...0x7F: return true
        case 0xC2...0xDF: missing = 1
        case 0xE0: (missing, lowerBound) = (2, 0xA0)
        case 0xED: (missing, upperBound) = (2, 0x9F)
        case 0xE1...0xEF: missing = 2
        case 0xF0: (missing, lowerBound) = (3, 0x90)
        case 0xF1...0xF3: missing = 3
        case 0xF4: (missing, upperBound) = (3, 0x8F)
        default: return false
        }
        return true
    }

    /// The index of the first byte above 0x7F, or the count.
    private static func endOfASCII(_ bytes: Span<UInt8>, from start: Int) -> Int {
        unsafe bytes.withUnsafeBytes { raw in
            var index = start
            // Never beyond `raw.count`: eight bytes are read only where eight are left.
            while index + 32 <= raw.count {
                let first = unsafe raw.loadUnaligned(fromByteOffset: index, as: UInt64.self)
                let second = unsafe raw.loadUnaligned(fromByteOffset: index + 8, as: UInt64.self)
                let third = unsafe raw.loadUnaligned(fromByteOffset: index + 16, as: UInt64.self)
                let fourth = unsafe raw.loadUnaligned(fromByteOffset: index + 24, as: UInt64.self)
                guard (first | second | third | fourth) & 0x8080_8080_8080_8080 == 0 else { break }
                index += 32
            }
            while index + 8 <= raw.count {
                let word = unsafe raw.loadUnaligned(fromByteOffset: index, as: UInt64.self).littleEndian
                let high = word & 0x8080_8080_8080_8080
                guard high == 0 else { return index + high.trailingZeroBitCount / 8 }
                index += 8
            }
            while index < raw.count {
                guard unsafe raw[index] < 0x80 else { break }
                index += 1
            }
            return index
        }
    }
}

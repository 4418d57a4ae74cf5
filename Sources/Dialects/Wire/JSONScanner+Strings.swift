// SPDX-License-Identifier: Apache-2.0

extension JSONScanner {
    /// Moves over a string, whose opening quote stands here (RFC 8259 §7), and past its closing quote.
    ///
    /// - Returns: whether it holds escapes, so that its contents are not what its bytes say.
    mutating func skipString(in text: Span<UInt8>) throws(JSONSyntaxError) -> Bool {
        try expect(ASCII.quote, in: text)
        var hasEscapes = false
        while true {
            skipPlainBytes(in: text)
            guard offset < text.count else { throw .endOfText(at: offset) }
            switch text[offset] {
            case ASCII.quote:
                offset += 1
                return hasEscapes
            case ASCII.backslash:
                hasEscapes = true
                try skipEscape(in: text)
            case 0..<0x20: throw .controlCharacter(at: offset)
            case 0x80...: try skipMultibyteCharacter(in: text)
            default: offset += 1
            }
        }
    }

    /// Moves over printable ASCII other than quote and backslash.
    private mutating func skipPlainBytes(in text: Span<UInt8>) {
        // Viewing bytes as raw bytes reads nothing but initialised memory.
        offset = unsafe Self.endOfPlainBytes(text.bytes, from: offset)
    }

    /// Where printable ASCII other than quote and backslash ends, read eight bytes at a time where so many are left.
    @inline(__always)
    static func endOfPlainBytes(_ raw: RawSpan, from start: Int) -> Int {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let tops: UInt64 = 0x8080_8080_8080_8080
        var offset = start
        // The loop's condition keeps the whole word inside of the text.
        while offset &+ 8 <= raw.byteCount {
            let word = unsafe UInt64(
                littleEndian: raw.unsafeLoadUnaligned(fromUncheckedByteOffset: offset, as: UInt64.self)
            )
            // A top bit is set at the lowest byte that matches; bytes above that one may be marked falsely.
            let quotes = word ^ (ones &* UInt64(ASCII.quote))
            let backslashes = word ^ (ones &* UInt64(ASCII.backslash))
            var marks = (quotes &- ones) & ~quotes
            marks |= (backslashes &- ones) & ~backslashes
            marks |= (word &- ones &* 0x20) & ~word
            marks |= word
            marks &= tops
            guard marks == 0 else { return offset &+ marks.trailingZeroBitCount / 8 }
            offset &+= 8
        }
        while offset < raw.byteCount {
            // Inside by the line above.
            let byte = unsafe raw.unsafeLoad(fromUncheckedByteOffset: offset, as: UInt8.self)
            guard byte >= 0x20, byte < 0x80, byte != ASCII.quote, byte != ASCII.backslash else { break }
            offset &+= 1
        }
        return offset
    }

    /// Moves over an escape; half a surrogate pair is refused, since no character stands for it.
    private mutating func skipEscape(in text: Span<UInt8>) throws(JSONSyntaxError) {
        let start = offset
        guard offset + 1 < text.count else { throw .endOfText(at: text.count) }
        switch text[offset + 1] {
        case ASCII.quote, ASCII.backslash, ASCII.slash, UInt8(ascii: "b"), UInt8(ascii: "f"), UInt8(ascii: "n"),
            UInt8(ascii: "r"), UInt8(ascii: "t"):
            offset += 2
        case UInt8(ascii: "u"):
            let unit = try codeUnit(in: text)
            guard unit & 0xF800 == 0xD800 else { return }
            guard unit < 0xDC00, offset + 1 < text.count, text[offset] == ASCII.backslash,
                text[offset + 1] == UInt8(ascii: "u"), try codeUnit(in: text) & 0xFC00 == 0xDC00
            else { throw .loneSurrogate(at: start) }
        default: throw .badEscape(at: start)
        }
    }

    /// Reads `\u` and its four hexadecimal digits, whose backslash stands here and whose `u` follows, and moves over it.
    mutating func codeUnit(in text: Span<UInt8>) throws(JSONSyntaxError) -> UInt32 {
        let start = offset
        guard offset + 6 <= text.count else { throw .endOfText(at: text.count) }
        var unit: UInt32 = 0
        for index in offset + 2..<offset + 6 {
            guard let digit = ASCII.hexadecimal(text[index]) else { throw .badEscape(at: start) }
            unit = unit << 4 | digit
        }
        offset += 6
        return unit
    }

    /// Moves over one character of two to four bytes that must be well-formed (Unicode table 3-7).
    private mutating func skipMultibyteCharacter(in text: Span<UInt8>) throws(JSONSyntaxError) {
        let lead = text[offset]
        let length: Int
        var second: ClosedRange<UInt8> = 0x80...0xBF
        switch lead {
        case 0xC2...0xDF: length = 2
        case 0xE0: (length, second) = (3, 0xA0...0xBF)
        case 0xED: (length, second) = (3, 0x80...0x9F)
        case 0xE1...0xEF: length = 3
        case 0xF0: (length, second) = (4, 0x90...0xBF)
        case 0xF1...0xF3: length = 4
        case 0xF4: (length, second) = (4, 0x80...0x8F)
        default: throw .badUTF8(at: offset)
        }
        guard offset + length <= text.count, second.contains(text[offset + 1]) else { throw .badUTF8(at: offset) }
        for index in 2..<max(length, 2) where text[offset + index] & 0xC0 != 0x80 { throw .badUTF8(at: offset) }
        offset += length
    }
}

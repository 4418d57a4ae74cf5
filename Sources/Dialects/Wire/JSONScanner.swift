// SPDX-License-Identifier: Apache-2.0

/// A place in a JSON text that moves over one token at a time (RFC 8259); it checks and copies nothing.
///
/// The text is an argument of every step, so that the scanner is a plain value.
struct JSONScanner {
    /// Index of the next byte.
    var offset = 0

    /// The next byte, or nil at the end of the text.
    func peek(in text: Span<UInt8>) -> UInt8? { offset < text.count ? text[offset] : nil }

    /// Moves over space, tab, line feed and carriage return (RFC 8259 §2).
    mutating func skipWhitespace(in text: Span<UInt8>) {
        while offset < text.count {
            switch text[offset] {
            case ASCII.space, ASCII.lineFeed, ASCII.carriageReturn, ASCII.tab: offset += 1
            default: return
            }
        }
    }

    /// The fault of what stands here: the end of the text, or a byte that does not belong.
    func unexpected(in text: Span<UInt8>) -> JSONSyntaxError {
        offset < text.count ? .unexpected(text[offset], at: offset) : .endOfText(at: offset)
    }

    /// Moves over one byte that must be there.
    mutating func expect(_ byte: UInt8, in text: Span<UInt8>) throws(JSONSyntaxError) {
        guard offset < text.count, text[offset] == byte else { throw unexpected(in: text) }
        offset += 1
    }

    /// Moves over `true`, `false` or `null`, whose first letter stands here.
    mutating func skipWord(_ word: StaticString, in text: Span<UInt8>) throws(JSONSyntaxError) {
        for index in 0..<word.utf8CodeUnitCount {
            // The index is below the literal's own length.
            let letter = unsafe word.utf8Start[index]
            try expect(letter, in: text)
        }
    }

    /// Moves over a number, whose first character (`-` or a digit) stands here (RFC 8259 §6).
    mutating func skipNumber(in text: Span<UInt8>) throws(JSONSyntaxError) {
        let start = offset
        if text[offset] == ASCII.minus { offset += 1 }
        if peek(in: text) == ASCII.zero {
            offset += 1
        } else if skipDigits(in: text) == 0 {
            throw .badNumber(at: start)
        }
        if peek(in: text) == ASCII.point {
            offset += 1
            guard skipDigits(in: text) > 0 else { throw .badNumber(at: start) }
        }
        if let byte = peek(in: text), ASCII.lowercased(byte) == UInt8(ascii: "e") {
            offset += 1
            if let sign = peek(in: text), sign == ASCII.plus || sign == ASCII.minus { offset += 1 }
            guard skipDigits(in: text) > 0 else { throw .badNumber(at: start) }
        }
        if let byte = peek(in: text), ASCII.isDigit(byte) { throw .badNumber(at: start) }
    }

    private mutating func skipDigits(in text: Span<UInt8>) -> Int {
        let start = offset
        while offset < text.count, ASCII.isDigit(text[offset]) { offset += 1 }
        return offset - start
    }
}

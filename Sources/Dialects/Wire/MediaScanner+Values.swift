// SPDX-License-Identifier: Apache-2.0

extension MediaScanner {
    /// What a string was that has been passed.
    enum PassedString {
        /// What its bytes say.
        case plain
        /// Something with escapes or beyond ASCII in it.
        case other
    }

    /// Moves over white space.
    @inline(__always)
    mutating func skipBlanks(in text: Span<UInt8>) {
        guard let byte = scanner.peek(in: text), byte <= ASCII.space else { return }
        scanner.skipWhitespace(in: text)
    }

    /// Moves over a string, whose opening quote stands here; nil for a fault.
    @inline(__always)
    mutating func skipString(in text: Span<UInt8>) -> PassedString? {
        // Viewing bytes as raw bytes reads nothing but initialised memory.
        let end = unsafe JSONScanner.endOfPlainBytes(text.bytes, from: scanner.offset &+ 1)
        if end < text.count, text[end] == ASCII.quote {
            scanner.offset = end &+ 1
            return .plain
        }
        return skipOddString(in: text)
    }

    /// Moves over a string that is not all plain.
    private mutating func skipOddString(in text: Span<UInt8>) -> PassedString? {
        do { _ = try scanner.skipString(in: text) } catch { return nil }
        return .other
    }

    /// Takes a whole number of at most 18 digits, bare or between quotes; nil for anything else.
    @inline(__always)
    mutating func takeNumber(in text: Span<UInt8>) -> Int64? {
        var index = scanner.offset
        let isQuoted = scanner.peek(in: text) == ASCII.quote
        if isQuoted { index &+= 1 }
        let start = index
        var value: Int64 = 0
        while index < text.count, ASCII.isDigit(text[index]) {
            guard index &- start < 18 else { return nil }
            value = value &* 10 &+ Int64(text[index] &- ASCII.zero)
            index &+= 1
        }
        guard index > start else { return nil }
        if isQuoted {
            guard index < text.count, text[index] == ASCII.quote else { return nil }
            index &+= 1
        } else {
            // JSON has no number that begins with a zero it does not need.
            guard text[start] != ASCII.zero || index == start &+ 1 else { return nil }
        }
        scanner.offset = index
        return value
    }

    /// Moves over any value that lies inside of `depth` others; false for a fault.
    @inline(__always)
    mutating func skipValue(in text: Span<UInt8>, depth: Int) -> Bool {
        guard let byte = scanner.peek(in: text) else { return false }
        if byte == ASCII.quote { return skipString(in: text) != nil }
        guard byte == ASCII.openBrace || byte == ASCII.openBracket else { return skipWordOrNumber(byte, in: text) }
        return skipContainer(in: text, depth: depth)
    }

    private mutating func skipWordOrNumber(_ first: UInt8, in text: Span<UInt8>) -> Bool {
        do {
            switch first {
            case ASCII.minus, ASCII.zero...ASCII.nine:
                let start = scanner.offset
                try scanner.skipNumber(in: text)
                return isHeldByAll(start..<scanner.offset, in: text)
            case UInt8(ascii: "t"): try scanner.skipWord("true", in: text)
            case UInt8(ascii: "f"): try scanner.skipWord("false", in: text)
            case UInt8(ascii: "n"): try scanner.skipWord("null", in: text)
            default: return false
            }
        } catch { return false }
        return true
    }

    /// Whether a number is one that every parser holds, so that none refuses it: some have no more than a `Double`.
    private func isHeldByAll(_ range: Range<Int>, in text: Span<UInt8>) -> Bool {
        for index in range where ASCII.lowercased(text[index]) == UInt8(ascii: "e") { return false }
        return range.count <= 300
    }

    /// Moves over an array or object that nobody asks for, and all inside of it.
    private mutating func skipContainer(in text: Span<UInt8>, depth outside: Int) -> Bool {
        // A bit for each container that is open here, the innermost one's lowest, set for an object.
        var objects: UInt64 = 0
        var depth = outside
        while true {
            guard let byte = scanner.peek(in: text) else { return false }
            if byte == ASCII.openBrace || byte == ASCII.openBracket {
                guard depth < JSONDocument.usualDepth else { return false }
                depth += 1
                objects = objects << 1 | (byte == ASCII.openBrace ? 1 : 0)
                scanner.offset += 1
                skipBlanks(in: text)
                if scanner.peek(in: text) != Self.closer(objects) {
                    guard passNestedName(objects, in: text) else { return false }
                    continue
                }
            } else {
                guard byte == ASCII.quote ? skipString(in: text) != nil : skipWordOrNumber(byte, in: text) else {
                    return false
                }
                values += 1
                skipBlanks(in: text)
            }
            while scanner.peek(in: text) == Self.closer(objects) {
                scanner.offset += 1
                depth -= 1
                objects >>= 1
                // The outermost one is counted by who asked.
                guard depth > outside else { return true }
                values += 1
                skipBlanks(in: text)
            }
            guard scanner.peek(in: text) == ASCII.comma else { return false }
            scanner.offset += 1
            skipBlanks(in: text)
            guard passNestedName(objects, in: text) else { return false }
        }
    }

    private static func closer(_ objects: UInt64) -> UInt8 {
        objects & 1 == 1 ? ASCII.closeBrace : ASCII.closeBracket
    }

    /// Moves over a member's name where the innermost container is an object.
    private mutating func passNestedName(_ objects: UInt64, in text: Span<UInt8>) -> Bool {
        guard objects & 1 == 1 else { return true }
        guard scanner.peek(in: text) == ASCII.quote, skipString(in: text) != nil else { return false }
        skipBlanks(in: text)
        guard scanner.peek(in: text) == ASCII.colon else { return false }
        scanner.offset += 1
        skipBlanks(in: text)
        return true
    }
}

// SPDX-License-Identifier: Apache-2.0

extension JSONDocument {
    /// The text of a string, or the digits of a number as they were sent; nil for any other value.
    package func text(at place: JSONPlace, in text: Span<UInt8>) -> String? {
        switch kind(at: place) {
        case .string where hasEscapes(at: place):
            String(decoding: unescaped(bytes(at: place), in: text), as: UTF8.self)
        case .string, .number: source(at: place, in: text)
        default: nil
        }
    }

    /// A value as it stands in the text, escapes and all; a string without its quotes.
    package func source(at place: JSONPlace, in text: Span<UInt8>) -> String? {
        guard let valid = try? UTF8Span(validating: text.extracting(bytes(at: place))) else { return nil }
        return String(copying: valid)
    }

    /// The name of a member; nil for what does not lie in an object.
    package func name(at place: JSONPlace, in text: Span<UInt8>) -> String? {
        let node = nodes[place.index]
        guard node.nameStart > 0 else { return nil }
        return String(decoding: unescaped(Int(node.nameStart)..<Int(node.nameEnd), in: text), as: UTF8.self)
    }

    /// Whether a string is `word` (given in small letters), small and capital letters of ASCII alike.
    package func equals(_ word: String, at place: JSONPlace, in text: Span<UInt8>) -> Bool {
        guard kind(at: place) == .string else { return false }
        let range = bytes(at: place)
        guard !hasEscapes(at: place) else {
            return equals(word.utf8Span.span, unescaped(range, in: text).span)
        }
        return equals(word.utf8Span.span, text.extracting(range))
    }

    private func equals(_ word: Span<UInt8>, _ bytes: Span<UInt8>) -> Bool {
        guard word.count == bytes.count else { return false }
        for index in 0..<word.count where word[index] != ASCII.lowercased(bytes[index]) { return false }
        return true
    }

    /// A number, or a string that holds a decimal number, cut to a whole one.
    ///
    /// - Returns: nil for any other value, for an exponent, and for more than 18 digits before the point;
    ///   `isExact` is false when digits after the point were cut off that are not zero.
    package func wholeNumber(at place: JSONPlace, in text: Span<UInt8>) -> (value: Int64, isExact: Bool)? {
        guard kind(at: place) == .number || kind(at: place) == .string else { return nil }
        guard !hasEscapes(at: place) else {
            return Self.wholeNumber(unescaped(bytes(at: place), in: text).span)
        }
        return Self.wholeNumber(text.extracting(bytes(at: place)))
    }

    private static func wholeNumber(_ digits: Span<UInt8>) -> (value: Int64, isExact: Bool)? {
        var index = 0
        let isNegative = digits.count > 0 && digits[0] == ASCII.minus
        if isNegative { index = 1 }
        let first = index
        var value: Int64 = 0
        while index < digits.count, ASCII.isDigit(digits[index]) {
            guard index - first < 18 else { return nil }
            value = value * 10 + Int64(digits[index] - ASCII.zero)
            index += 1
        }
        guard index > first else { return nil }
        var isExact = true
        if index < digits.count {
            guard digits[index] == ASCII.point, index + 1 < digits.count else { return nil }
            for place in index + 1..<digits.count {
                guard ASCII.isDigit(digits[place]) else { return nil }
                if digits[place] != ASCII.zero { isExact = false }
            }
        }
        return (isNegative ? -value : value, isExact)
    }
}

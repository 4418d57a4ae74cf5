// SPDX-License-Identifier: Apache-2.0

/// Finds the audio in a server's messages without reading them: a server writes each from the same pattern, so that the
/// audio begins where it began in the message before.
struct ReplyScanner: Sendable {
    private static let keys = [Array(#""payload""#.utf8), Array(#""delta""#.utf8)]
    private static let quote = UInt8(ascii: "\"")

    /// Where the audio began last, and the key's bytes before it with colon and quote.
    private var start = 0
    private var lead: [UInt8] = []

    /// The place of the base64 text in a message of audio; nil when it is none, or has another form.
    mutating func audio(in message: Span<UInt8>) -> Range<Int>? {
        if start == 0 || !isLed(message) {
            guard find(message) else { return nil }
        }
        var end = message.count - 1
        // Behind the text stand closing brackets, and at times further members.
        while end > start, message[end] == UInt8(ascii: "}") { end -= 1 }
        if end >= start, message[end] == Self.quote, !hasQuote(message, start..<end) { return start..<end }
        end = start
        while end < message.count, message[end] != Self.quote { end += 1 }
        return end < message.count ? start..<end : nil
    }

    /// Whether a short stretch before a possible end is free of quotes: members behind the audio end in them.
    private func hasQuote(_ message: Span<UInt8>, _ range: Range<Int>) -> Bool {
        for index in max(range.lowerBound, range.upperBound - 128)..<range.upperBound where message[index] == Self.quote
        {
            return true
        }
        return false
    }

    private func isLed(_ message: Span<UInt8>) -> Bool {
        guard message.count > start else { return false }
        for (index, byte) in lead.enumerated() where message[start - lead.count + index] != byte { return false }
        return true
    }

    private mutating func find(_ message: Span<UInt8>) -> Bool {
        for key in Self.keys {
            var index = 0
            while index + key.count < message.count {
                if message[index] == key[0], Self.starts(message, at: index, with: key),
                    let text = Self.text(message, from: index + key.count)
                {
                    start = text
                    lead.removeAll()
                    for place in index..<text { lead.append(message[place]) }
                    return true
                }
                index += 1
            }
        }
        return false
    }

    private static func starts(_ message: Span<UInt8>, at index: Int, with key: [UInt8]) -> Bool {
        for (offset, byte) in key.enumerated() where message[index + offset] != byte { return false }
        return true
    }

    /// Where a text begins behind its key; nil when the value is no text.
    private static func text(_ message: Span<UInt8>, from index: Int) -> Int? {
        var index = index
        while index < message.count, message[index] == 0x20 || message[index] == UInt8(ascii: ":") { index += 1 }
        return index < message.count && message[index] == quote ? index + 1 : nil
    }
}

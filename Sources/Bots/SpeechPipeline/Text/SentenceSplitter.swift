// SPDX-License-Identifier: Apache-2.0

/// Cuts text that comes in pieces into sentences, each as soon as it is certain to be complete.
///
/// A sentence ends with `.`, `!`, `?`, `…` or one of their full-width forms, and closing quotes or brackets behind it, before
/// white space; or with a line's end. A full stop behind an abbreviation, a single letter or a number's digits does not end it.
/// What grows long without an end is cut at a comma, then at a space.
struct SentenceSplitter: Sendable {
    /// Sentences shorter than this, in characters, are spoken together with the next.
    static let shortest = 12
    /// From this length, in characters, a sentence is cut where it can be.
    static let longest = 240
    private static let ends: Set<Character> = [".", "!", "?", "…", "。", "！", "？", "।"]
    private static let closers: Set<Character> = ["\"", "'", "”", "’", ")", "]", "»"]
    private static let abbreviations: Set<String> = [
        "mr", "mrs", "ms", "dr", "prof", "st", "no", "vs", "etc", "e.g", "i.e", "approx", "inc", "ltd", "jr", "sr",
        "rs",
    ]

    private var pending: [Character] = []

    /// Takes more text and returns the sentences that it completes.
    mutating func append(_ text: String) -> [String] {
        var sentences: [String] = []
        for character in text {
            if character.isWhitespace, isEnd(before: character) {
                take(pending.count, into: &sentences)
            }
            pending.append(character)
            if pending.count >= Self.longest { cutLong(into: &sentences) }
        }
        return sentences
    }

    /// The rest, when no more text comes.
    mutating func finish() -> String? {
        var sentences: [String] = []
        take(pending.count, into: &sentences)
        return sentences.first
    }

    private mutating func take(_ count: Int, into sentences: inout [String]) {
        let text = String(pending[..<count]).trimmed
        pending.removeFirst(count)
        if text.contains(where: { $0.isLetter || $0.isNumber }) { sentences.append(text) }
    }

    private func isEnd(before space: Character) -> Bool {
        let body = pending.drop { $0.isWhitespace }
        if space.isNewline { return body.count >= Self.shortest }
        guard body.count >= Self.shortest else { return false }
        var rest = body
        while let last = rest.last, Self.closers.contains(last) { rest.removeLast() }
        guard let mark = rest.last, Self.ends.contains(mark) else { return false }
        guard mark == "." else { return true }
        let word = String(rest.dropLast().reversed().prefix { !$0.isWhitespace }.reversed()).lowercased()
        return word.count > 1 && !Self.abbreviations.contains(word)
    }

    private mutating func cutLong(into sentences: inout [String]) {
        let half = pending.count / 2
        let comma = pending.lastIndex { ",;:–—".contains($0) }
        let space = pending.lastIndex { $0.isWhitespace }
        if let comma, comma >= half {
            take(comma + 1, into: &sentences)
        } else if let space, space > 0 {
            take(space, into: &sentences)
        } else {
            take(pending.count, into: &sentences)
        }
    }
}

extension String {
    /// Without white space at either end.
    var trimmed: String {
        let start = drop { $0.isWhitespace }
        return String(start.reversed().drop { $0.isWhitespace }.reversed())
    }
}

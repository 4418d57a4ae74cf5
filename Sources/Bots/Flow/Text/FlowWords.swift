// SPDX-License-Identifier: Apache-2.0

/// Words, quoted texts, commas and comparisons of a small expression, one after the other.
struct FlowWords {
    /// One of them.
    struct Word: Equatable {
        var text: String
        var isQuoted = false
    }

    private var words: [Word] = []
    private var position = 0

    /// The words of an expression.
    init(_ source: Substring) throws(FlowTextError) {
        var rest = source
        while let first = rest.first {
            switch first {
            case " ", "\t", "\n", "\r\n", "\r":
                rest = rest.dropFirst()
            case "\"", "'":
                guard let end = rest.dropFirst().firstIndex(of: first) else {
                    throw FlowTextError("has a quote that is not closed; close it")
                }
                words.append(Word(text: String(rest[..<end].dropFirst()), isQuoted: true))
                rest = rest[rest.index(after: end)...]
            case ",":
                words.append(Word(text: ","))
                rest = rest.dropFirst()
            case "<", ">", "=", "!":
                let run = rest.prefix { "<>=!".contains($0) }
                words.append(Word(text: String(run)))
                rest = rest[run.endIndex...]
            default:
                let run = Self.word(rest)
                words.append(Word(text: String(run)))
                rest = rest[run.endIndex...]
            }
        }
    }

    /// Up to a space or a character that means something; a `{{…}}` is taken as a whole.
    private static func word(_ rest: Substring) -> Substring {
        var index = rest.startIndex
        while index < rest.endIndex {
            if rest[index...].hasPrefix("{{"), let close = rest[index...].firstRange(of: "}}") {
                index = close.upperBound
                continue
            }
            if rest[index].isWhitespace || ",<>=!\"'".contains(rest[index]) { break }
            index = rest.index(after: index)
        }
        return rest[..<index]
    }

    /// The next word without taking it.
    var next: Word? { position < words.count ? words[position] : nil }

    /// Takes the next word.
    mutating func take() -> Word? {
        guard let word = next else { return nil }
        position += 1
        return word
    }

    /// Takes the next word if it is this one, unquoted.
    mutating func take(_ text: String) -> Bool {
        guard next == Word(text: text) else { return false }
        position += 1
        return true
    }
}

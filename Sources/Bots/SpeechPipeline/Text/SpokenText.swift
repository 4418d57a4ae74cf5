// SPDX-License-Identifier: Apache-2.0

/// What a reply says and how long each sentence of it sounds, so that what was heard of its audio is words.
struct SpokenText: Sendable {
    private var sentences: [(text: String, duration: Duration)] = []

    /// How long all of it sounds so far.
    private(set) var duration = Duration.zero

    /// All of it.
    var text: String { sentences.map(\.text).joined(separator: " ") }

    /// Begins a sentence.
    mutating func begin(_ text: String) { sentences.append((text, .zero)) }

    /// More audio of the last sentence.
    mutating func append(_ duration: Duration) {
        guard let last = sentences.indices.last else { return }
        sentences[last].duration += duration
        self.duration += duration
    }

    /// The words in the first `heard` of the audio.
    ///
    /// Whole sentences, and of the next the words that fit, were they spoken evenly; a word counts when its end was heard.
    func text(heard: Duration) -> String {
        var left = heard
        var words: [String] = []
        for (text, duration) in sentences {
            guard left > .zero else { break }
            guard left < duration else {
                left -= duration
                if duration > .zero { words.append(text) }
                continue
            }
            let part = Self.beginning(of: text, left / duration)
            if !part.isEmpty { words.append(part) }
            break
        }
        return words.joined(separator: " ")
    }

    private static func beginning(of text: String, _ fraction: Double) -> String {
        let words = text.split(whereSeparator: \.isWhitespace)
        let total = Double(words.reduce(0) { $0 + $1.count })
        var count = 0
        let heard = words.prefix { word in
            count += word.count
            return Double(count) <= fraction * total
        }
        return heard.joined(separator: " ")
    }
}

// SPDX-License-Identifier: Apache-2.0

import VoiceBridge

/// The text of an utterance with the places at which its pieces begin, in samples of the utterance.
struct SpokenText: Sendable {
    private var pieces: [(start: Int, text: String)] = []

    /// Whether nothing is known of what is said.
    var isEmpty: Bool { pieces.isEmpty }

    /// Adds the marks of audio that begins at `start`.
    mutating func append(_ marks: [TextMark], at start: Int, sampleRate: Int) {
        for mark in marks {
            let place = start + Int(mark.time.wholeNanoseconds * Int64(sampleRate) / 1_000_000_000)
            pieces.append((max(pieces.last?.start ?? 0, place), mark.text))
        }
    }

    /// The last place at or before `sample`, and not before `earliest`, at which a piece begins.
    func begin(before sample: Int, notBefore earliest: Int) -> Int? {
        pieces.last { $0.start <= sample && $0.start >= earliest }?.start
    }

    /// The whole words said by `sample` of `total`.
    func heard(by sample: Int, of total: Int) -> String {
        var words = ""
        for (index, piece) in pieces.enumerated() where piece.start < sample {
            let end = index + 1 < pieces.count ? pieces[index + 1].start : max(total, piece.start + 1)
            let part =
                sample >= end ? piece.text[...] : Self.words(of: piece.text, sample - piece.start, end - piece.start)
            if let last = words.last, let first = part.first, !last.isWhitespace, !first.isWhitespace { words += " " }
            words += part
        }
        return words
    }

    /// The words of a text of which `part` of `whole` was said, taken to be spread evenly.
    private static func words(of text: String, _ part: Int, _ whole: Int) -> Substring {
        let cut = text.index(text.startIndex, offsetBy: text.count * part / whole)
        guard cut < text.endIndex, !text[cut].isWhitespace else { return text[..<cut] }
        let end = text[..<cut].lastIndex(where: \.isWhitespace) ?? text.startIndex
        return text[..<end]
    }
}

// SPDX-License-Identifier: Apache-2.0

import CallModel

/// One of the streams that `open` offers: PCMU or L16 at 8000 Hz, of one party or of both.
struct GenesysMedia: Sendable, Equatable {
    /// How a sample is written; L16 is little-endian.
    let encoding: AudioEncoding
    /// The platform's names of the parties, in the order of their interleaved channels.
    let channels: [String]

    /// The rate of every stream, in hertz.
    static let sampleRate = 8_000

    /// The format of one party's audio.
    var format: AudioFormat { encoding == .muLaw ? .muLaw8kHz : .linear8kHz }
    /// The encoding's name on the wire.
    var name: String { encoding == .muLaw ? "PCMU" : "L16" }
    /// Whether the caller's is one of two channels; the caller's is the first.
    var isStereo: Bool { channels.count == 2 }

    /// Reads an offer; nil for one that cannot be taken.
    init?(at place: JSONPlace, of document: borrowing JSONDocument, in text: Span<UInt8>) {
        guard document.memberText("type", of: place, in: text) == "audio" else { return nil }
        switch document.memberText("format", of: place, in: text) {
        case "PCMU": encoding = .muLaw
        case "L16": encoding = .linear16
        default: return nil
        }
        guard let rate = document.member("rate", of: place, in: text),
            document.wholeNumber(at: rate, in: text)?.value == Int64(Self.sampleRate),
            let list = document.member("channels", of: place, being: .array, in: text)
        else { return nil }
        var channels: [String] = []
        var child = document.firstChild(of: list)
        while let current = child, channels.count < 3 {
            channels.append(document.text(at: current, in: text) ?? "")
            child = document.sibling(after: current, of: list)
        }
        guard channels == ["external"] || channels == ["external", "internal"] else { return nil }
        self.channels = channels
    }

    /// How well an offer suits: the caller alone in the wanted encoding best of all.
    func rank(wanting encoding: AudioEncoding) -> Int { (self.encoding == encoding ? 2 : 0) + (isStereo ? 0 : 1) }
}

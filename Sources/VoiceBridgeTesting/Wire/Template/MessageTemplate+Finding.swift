// SPDX-License-Identifier: Apache-2.0

extension MessageTemplate {
    /// Values that a wire is given once, to see where it puts them: none occurs in a message by chance.
    enum Probe {
        static let streamID = "sim.probe-of-the-stream"
        static let callID = "call_probe-of-the-call"
        static let name = "probe-of-the-name"
        static let chunk = 800_000_321
        static let milliseconds = 700_000_123
    }

    /// Finds the probes in a message.
    ///
    /// - Parameters:
    ///   - text: A message with the probes in it.
    ///   - next: The same message written as the next numbered one, where the wire numbers its messages with one digit
    ///     so far; the same text otherwise.
    ///   - before: How many numbered messages went before `text`.
    ///   - content: The content that was given.
    init(_ text: String, next: String, numberedBefore before: Int, content: String) {
        let bytes = Array(text.utf8)
        let following = Array(next.utf8)
        let changed =
            bytes.count == following.count
            ? bytes.indices.filter { bytes[$0] != following[$0] } : []
        var pieces: [Piece] = []
        var literal: [UInt8] = []
        var index = 0
        func put(_ piece: Piece) {
            if !literal.isEmpty { pieces.append(.bytes(literal)) }
            literal.removeAll()
            pieces.append(piece)
        }
        while index < bytes.count {
            let rest = bytes[index...]
            if changed == [index] {
                put(.number(.sequence, plus: Int(bytes[index]) - 0x30 - before))
                index += 1
            } else if rest.starts(with: Probe.streamID.utf8) {
                put(.streamID)
                index += Probe.streamID.utf8.count
            } else if rest.starts(with: Probe.callID.utf8) {
                put(.callID)
                index += Probe.callID.utf8.count
            } else if !content.isEmpty, rest.starts(with: content.utf8) {
                put(.content)
                index += content.utf8.count
            } else if let (piece, length) = Self.number(in: rest) {
                put(piece)
                index += length
            } else {
                literal.append(bytes[index])
                index += 1
            }
        }
        if !literal.isEmpty { pieces.append(.bytes(literal)) }
        self.init(pieces: pieces, isNumbered: changed.count == 1)
    }

    /// The template of bare audio.
    static let bareAudio = MessageTemplate(pieces: [.content], isNumbered: false)

    /// A run of digits with a probe in it; the platform may have added to the probe.
    private static func number(in rest: ArraySlice<UInt8>) -> (Piece, length: Int)? {
        let digits = rest.prefix { (0x30...0x39).contains($0) }
        guard digits.count >= 9, let value = Int(String(decoding: digits, as: UTF8.self)) else { return nil }
        let text = String(value)
        if text.contains(String(Probe.chunk)) {
            return (.number(.chunk, plus: value - Probe.chunk), digits.count)
        }
        if text.contains(String(Probe.milliseconds)) {
            return (.number(.milliseconds, plus: value - Probe.milliseconds), digits.count)
        }
        return nil
    }
}

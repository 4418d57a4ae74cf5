// SPDX-License-Identifier: Apache-2.0

extension WAVBytes {
    /// The fixed part of all subformat identifiers of WAVE_FORMAT_EXTENSIBLE, behind the two bytes of the encoding.
    private static let subformatTail: [Int] = [0, 0, 0, 0, 0x10, 0, 0x80, 0, 0, 0xAA, 0, 0x38, 0x9B, 0x71]

    /// Reads a `fmt ` chunk: WAVEFORMATEX, or WAVEFORMATEXTENSIBLE for encoding 0xFFFE.
    func format(at start: Int, size: Int) throws(WAVError) -> WAVFormat {
        guard size >= 16 else { throw .badFormat("a 'fmt ' chunk of \(size) bytes is too short", at: start - 4) }
        guard var tag = number(at: start, bytes: 2),
            let channels = number(at: start + 2, bytes: 2),
            let rate = number(at: start + 4, bytes: 4),
            let alignment = number(at: start + 12, bytes: 2),
            let bits = number(at: start + 14, bytes: 2)
        else { throw .truncated(at: start, needed: 16, present: count - start) }
        if tag == 0xFFFE { tag = try subformat(at: start, size: size) }
        guard channels == 1 || channels == 2 else { throw .unsupportedChannels(channels, at: start + 2) }
        guard (1000...384_000).contains(rate) else { throw .unsupportedRate(rate, at: start + 4) }
        // The container's width; programs that leave the alignment at zero mean the whole bytes of the bits.
        let width = alignment == 0 ? (bits + 7) / 8 : alignment / channels
        let fits = alignment % channels == 0 && bits > 0 && bits <= width * 8
        let encoding: WAVFormat.Encoding? =
            switch (tag, width) {
            case (1, 1...4): .pcm(bytes: width)
            case (3, 4) where bits == 32: .float
            case (6, 1) where bits == 8: .g711(.aLaw)
            case (7, 1) where bits == 8: .g711(.muLaw)
            case (1, _), (3, _), (6, _), (7, _): nil
            default: throw .unsupportedTag(tag, at: start)
            }
        guard fits, let encoding else { throw .unsupportedWidth(bits: bits, bytes: width, at: start + 12) }
        return WAVFormat(encoding: encoding, channels: channels, rate: rate)
    }

    private func subformat(at start: Int, size: Int) throws(WAVError) -> Int {
        guard size >= 40 else {
            throw .badFormat("an extensible 'fmt ' chunk of \(size) bytes is too short", at: start - 4)
        }
        guard let tag = number(at: start + 24, bytes: 2), let last = number(at: start + 39, bytes: 1) else {
            throw .truncated(at: start, needed: 40, present: count - start)
        }
        let tail = (26..<39).map { number(at: start + $0, bytes: 1) ?? 0 } + [last]
        guard tail == Self.subformatTail else {
            throw .badFormat("the extensible format's subformat is not a standard one", at: start + 24)
        }
        return tag
    }
}

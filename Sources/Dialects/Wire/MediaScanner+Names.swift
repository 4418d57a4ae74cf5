// SPDX-License-Identifier: Apache-2.0

extension MediaScanner {
    /// The names that say something about audio.
    enum Name {
        case event
        case media
        case payload
        case sequenceNumber
        case timestamp
        case track
        /// Any other.
        case other
    }

    /// Names with their closing quotes as eight bytes read them, the first byte lowest.
    private enum Spelling {
        static var event: UInt64 { 0x22_74_6E_65_76_65 }
        static var media: UInt64 { 0x22_61_69_64_65_6D }
        static var track: UInt64 { 0x22_6B_63_61_72_74 }
        static var payload: UInt64 { 0x22_64_61_6F_6C_79_61_70 }
        /// `timestam`, of which `p"` is still to come.
        static var timestamp: UInt64 { 0x6D_61_74_73_65_6D_69_74 }
        /// `sequence`, of which `Number"` or `_number"` is still to come.
        static var sequence: UInt64 { 0x65_63_6E_65_75_71_65_73 }
        static var capitalNumber: UInt64 { 0x22_72_65_62_6D_75_4E }
        static var underscoreNumber: UInt64 { 0x22_72_65_62_6D_75_6E_5F }
        /// The word `media` between quotes.
        static var quotedMedia: UInt64 { 0x22_61_69_64_65_6D_22 }
    }

    /// Moves over a member's name and its colon, up to the value; nil for a fault and for a name with escapes.
    @inline(__always)
    mutating func takeName(in text: Span<UInt8>) -> Name? {
        guard scanner.peek(in: text) == ASCII.quote else { return nil }
        let start = scanner.offset &+ 1
        let word = Self.word(text, at: start)
        let name: Name
        let length: Int
        switch word & 0xFFFF_FFFF_FFFF {
        case Spelling.event: (name, length) = (.event, 6)
        case Spelling.media: (name, length) = (.media, 6)
        case Spelling.track: (name, length) = (.track, 6)
        default:
            if word == Spelling.payload {
                (name, length) = (.payload, 8)
            } else if word == Spelling.timestamp, Self.word(text, at: start &+ 8) & 0xFFFF == 0x22_70 {
                (name, length) = (.timestamp, 10)
            } else if word == Spelling.sequence {
                let rest = Self.word(text, at: start &+ 8)
                if rest & 0xFF_FFFF_FFFF_FFFF == Spelling.capitalNumber {
                    (name, length) = (.sequenceNumber, 15)
                } else if rest == Spelling.underscoreNumber {
                    (name, length) = (.sequenceNumber, 16)
                } else {
                    (name, length) = (.other, 0)
                }
            } else {
                (name, length) = (.other, 0)
            }
        }
        if length > 0 {
            scanner.offset = start &+ length
        } else {
            // An escaped name may be one of those above.
            guard skipString(in: text) == .plain else { return nil }
        }
        skipBlanks(in: text)
        guard scanner.peek(in: text) == ASCII.colon else { return nil }
        scanner.offset &+= 1
        skipBlanks(in: text)
        return name
    }

    /// Moves over the word `media` in small letters without escapes.
    mutating func takeMediaWord(in text: Span<UInt8>) -> Bool {
        guard Self.word(text, at: scanner.offset) & 0xFF_FFFF_FFFF_FFFF == Spelling.quotedMedia else { return false }
        scanner.offset &+= 7
        return true
    }

    /// Moves over the name of a track, when it is not that of the bot's own audio.
    mutating func passTrack(in text: Span<UInt8>) -> Bool {
        let start = scanner.offset
        guard scanner.peek(in: text) == ASCII.quote, skipString(in: text) == .plain else { return false }
        // `outbound` and `outbound_track` in any letters, and whatever else begins so.
        return ASCII.lowercased(text[start &+ 1]) != UInt8(ascii: "o")
    }

    /// Eight bytes, the first lowest; zeros for what is behind the end.
    @inline(__always)
    private static func word(_ text: Span<UInt8>, at offset: Int) -> UInt64 {
        guard offset &+ 8 <= text.count else { return lastWord(text, at: offset) }
        // Inside by the line above.
        return unsafe UInt64(
            littleEndian: text.bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: offset, as: UInt64.self)
        )
    }

    private static func lastWord(_ text: Span<UInt8>, at offset: Int) -> UInt64 {
        var word: UInt64 = 0
        for index in stride(from: text.count - 1, through: offset, by: -1) { word = word << 8 | UInt64(text[index]) }
        return word
    }
}

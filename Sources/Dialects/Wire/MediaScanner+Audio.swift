// SPDX-License-Identifier: Apache-2.0

extension MediaScanner {
    /// Decodes a string of base64, whose quote stands here, to the beginning of `media`, and moves over it.
    ///
    /// - Returns: bytes of audio; nil for what is no string of base64 in one piece, with no escape but `\/`.
    mutating func takeAudio(in text: Span<UInt8>, into media: inout MediaBuffer) -> Int? {
        guard scanner.peek(in: text) == ASCII.quote else { return nil }
        let start = scanner.offset &+ 1
        media.clear(makingRoomFor: Base64.maximumDecodedLength(ofCharacters: text.count &- start))
        var storage = media.storage.mutableSpan
        // Whatever bytes are written make valid elements.
        var bytes = unsafe storage.mutableBytes
        let table = Base64.values
        let values = table.span
        var count = 0
        var index = start
        repeat {
            index = Base64.decodeWholeGroups(text, from: index, values, into: &bytes, &count)
        } while Self.takeOddGroup(text, &index, values, into: &bytes, &count)
        guard index < text.count, text[index] == ASCII.quote else { return nil }
        scanner.offset = index &+ 1
        return count
    }

    /// Decodes a group of four characters of which some are written `\/`, or the last group, which may be shorter.
    ///
    /// - Returns: whether more may follow; `index` stands at the closing quote where none does, and elsewhere when what
    ///   stands there is not to be taken.
    private static func takeOddGroup(
        _ text: Span<UInt8>,
        _ index: inout Int,
        _ values: Span<UInt32>,
        into bytes: inout MutableRawSpan,
        _ count: inout Int
    ) -> Bool {
        var group: UInt32 = 0
        var digits = 0
        var place = index
        while digits < 4, place < text.count {
            var character = text[place]
            if character == ASCII.backslash, place &+ 1 < text.count, text[place &+ 1] == ASCII.slash {
                place &+= 1
                character = ASCII.slash
            }
            let value = values[256 &* digits &+ Int(character)]
            guard value < Base64.invalid else { break }
            group |= value
            digits &+= 1
            place &+= 1
        }
        if digits < 4 {
            // Padding, right or left out.
            guard digits != 1 else { return false }
            var padding = 0
            while digits > 0, padding < 2, place < text.count, text[place] == ASCII.equals {
                padding &+= 1
                place &+= 1
            }
            guard padding == 0 || digits &+ padding == 4 else { return false }
        }
        for byte in 0..<max(digits &- 1, 0) {
            let shifted = UInt8(truncatingIfNeeded: group >> UInt32(8 &* byte))
            bytes.storeBytes(of: shifted, toByteOffset: count, as: UInt8.self)
            count &+= 1
        }
        index = place
        return digits == 4
    }
}

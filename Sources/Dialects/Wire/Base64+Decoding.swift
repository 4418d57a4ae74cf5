// SPDX-License-Identifier: Apache-2.0

extension Base64 {
    /// Decodes into a reused buffer, in place of what it held.
    ///
    /// Takes the standard and the URL-safe alphabet, skips ASCII white space, takes padding that is right or left out;
    /// bits that fill the last character are not looked at. What is not base64 throws and leaves the buffer empty.
    package static func decode(_ text: Span<UInt8>, into buffer: inout MediaBuffer) throws(Base64Error) {
        buffer.clear(makingRoomFor: maximumDecodedLength(ofCharacters: text.count))
        buffer.setCount(try decode(text, intoStorage: &buffer.storage))
    }

    /// Decodes characters that lie in an array.
    static func decode(_ text: [UInt8], into buffer: inout MediaBuffer) throws(Base64Error) {
        try decode(text.span, into: &buffer)
    }

    private static func decode(_ text: Span<UInt8>, intoStorage storage: inout [UInt8]) throws(Base64Error) -> Int {
        var span = storage.mutableSpan
        // Whatever bytes are written make valid elements, here and with samples.
        var bytes = unsafe span.mutableBytes
        return try decode(text, into: &bytes)
    }

    /// Decodes to the beginning of `bytes`, by the same rules; it must have room for
    /// ``maximumDecodedLength(ofCharacters:)``.
    ///
    /// - Returns: number of bytes written. What was there is lost even when it throws.
    static func decode(_ text: Span<UInt8>, into bytes: inout MutableRawSpan) throws(Base64Error) -> Int {
        let needed = maximumDecodedLength(ofCharacters: text.count)
        precondition(bytes.byteCount >= needed, "room for \(bytes.byteCount) bytes, \(needed) needed")
        let table = values
        let values = table.span
        var count = 0
        var index = 0
        while true {
            index = decodeWholeGroups(text, from: index, values, into: &bytes, &count)
            guard index < text.count else { break }
            guard let next = try decodeOddGroup(text, from: index, values, into: &bytes, &count) else { break }
            index = next
        }
        return count
    }

    /// Decodes groups of four characters for as long as each of them is one of the alphabets.
    ///
    /// - Returns: index of the first character of the first other group.
    @inline(__always)
    private static func decodeWholeGroups(
        _ text: Span<UInt8>,
        from start: Int,
        _ values: Span<UInt32>,
        into bytes: inout MutableRawSpan,
        _ count: inout Int
    ) -> Int {
        var index = start
        var written = count
        // What is read is inside of the text by the loop's condition, an index into the table is a byte and its
        // place, and the caller saw that there is room for three bytes for each four characters and three more.
        while index &+ 4 <= text.count {
            let first = unsafe values[unchecked: Int(text[unchecked: index])]
            let second = unsafe values[unchecked: 256 &+ Int(text[unchecked: index &+ 1])]
            let third = unsafe values[unchecked: 512 &+ Int(text[unchecked: index &+ 2])]
            let fourth = unsafe values[unchecked: 768 &+ Int(text[unchecked: index &+ 3])]
            let group = first | second | third | fourth
            guard group < invalid else { break }
            // With a fourth byte, which the next group or the caller writes over.
            unsafe bytes.storeBytes(of: (group << 8).bigEndian, toUncheckedByteOffset: written, as: UInt32.self)
            written &+= 3
            index &+= 4
        }
        count = written
        return index
    }

    /// Decodes one group that holds white space or padding, or is cut short by the end.
    ///
    /// - Returns: index of the character after it; nil at the end of the text.
    private static func decodeOddGroup(
        _ text: Span<UInt8>,
        from start: Int,
        _ values: Span<UInt32>,
        into bytes: inout MutableRawSpan,
        _ count: inout Int
    ) throws(Base64Error) -> Int? {
        var group: UInt32 = 0
        var digits = 0
        var padding = 0
        var index = start
        while index < text.count, digits < 4 {
            let character = text[index]
            switch character {
            case ASCII.space, ASCII.tab, ASCII.lineFeed, ASCII.carriageReturn, ASCII.formFeed: break
            case ASCII.equals:
                padding += 1
                guard digits >= 2, digits + padding <= 4 else { throw .badPadding(at: index) }
            default:
                let value = values[digits * 256 + Int(character)]
                guard value < invalid else { throw .badCharacter(character, at: index) }
                guard padding == 0 else { throw .badPadding(at: index) }
                group |= value
                digits += 1
            }
            index += 1
        }
        guard padding == 0 || digits + padding == 4 else { throw .badPadding(at: index) }
        guard digits != 1 else { throw .badLength(at: index) }
        for place in 0..<max(digits - 1, 0) {
            let byte = UInt8(truncatingIfNeeded: group >> UInt32(16 - 8 * place))
            bytes.storeBytes(of: byte, toByteOffset: count, as: UInt8.self)
            count += 1
        }
        return digits == 4 ? index : nil
    }
}

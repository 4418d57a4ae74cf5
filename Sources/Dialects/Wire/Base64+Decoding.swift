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
    static func decodeWholeGroups(
        _ text: Span<UInt8>,
        from start: Int,
        _ values: Span<UInt32>,
        into bytes: inout MutableRawSpan,
        _ count: inout Int
    ) -> Int {
        var index = start
        var written = count
        // What is read is inside of the text by the loops' conditions, and the caller saw that there is room for three
        // bytes for each four characters and three more: each store writes a fourth byte, which the next group or
        // the caller writes over.
        while index &+ 16 <= text.count {
            let first = unsafe threeBytes(text, index, values)
            let second = unsafe threeBytes(text, index &+ 4, values)
            let third = unsafe threeBytes(text, index &+ 8, values)
            let fourth = unsafe threeBytes(text, index &+ 12, values)
            guard first | second | third | fourth < invalid else { break }
            unsafe bytes.storeBytes(of: first.littleEndian, toUncheckedByteOffset: written, as: UInt32.self)
            unsafe bytes.storeBytes(of: second.littleEndian, toUncheckedByteOffset: written &+ 3, as: UInt32.self)
            unsafe bytes.storeBytes(of: third.littleEndian, toUncheckedByteOffset: written &+ 6, as: UInt32.self)
            unsafe bytes.storeBytes(of: fourth.littleEndian, toUncheckedByteOffset: written &+ 9, as: UInt32.self)
            written &+= 12
            index &+= 16
        }
        while index &+ 4 <= text.count {
            let group = unsafe threeBytes(text, index, values)
            guard group < invalid else { break }
            unsafe bytes.storeBytes(of: group.littleEndian, toUncheckedByteOffset: written, as: UInt32.self)
            written &+= 3
            index &+= 4
        }
        count = written
        return index
    }

    /// The three bytes of the four characters from `index` on, all inside of the text, the first lowest; not below
    /// ``invalid`` where one of them is of neither alphabet.
    @inline(__always)
    @unsafe
    private static func threeBytes(_ text: Span<UInt8>, _ index: Int, _ values: Span<UInt32>) -> UInt32 {
        // An index into the table is a byte and its place.
        let first = unsafe values[unchecked: Int(text[unchecked: index])]
        let second = unsafe values[unchecked: 256 &+ Int(text[unchecked: index &+ 1])]
        let third = unsafe values[unchecked: 512 &+ Int(text[unchecked: index &+ 2])]
        let fourth = unsafe values[unchecked: 768 &+ Int(text[unchecked: index &+ 3])]
        return first | second | third | fourth
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
            let byte = UInt8(truncatingIfNeeded: group >> UInt32(8 * place))
            bytes.storeBytes(of: byte, toByteOffset: count, as: UInt8.self)
            count += 1
        }
        return digits == 4 ? index : nil
    }
}

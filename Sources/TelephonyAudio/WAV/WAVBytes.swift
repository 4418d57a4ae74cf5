// SPDX-License-Identifier: Apache-2.0

/// Reads the fields of a WAV file with every place checked against the end.
struct WAVBytes {
    private let bytes: [UInt8]

    /// Length of the file.
    var count: Int { bytes.count }

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// The four printable characters of a chunk's name.
    func tag(at offset: Int) -> String? {
        guard isTag(at: offset) else { return nil }
        return String((0..<4).map { Character(Unicode.Scalar(bytes[offset + $0])) })
    }

    /// An unsigned little-endian number of up to eight bytes that fits into `Int`.
    func number(at offset: Int, bytes width: Int) -> Int? {
        guard offset >= 0, width <= bytes.count, offset <= bytes.count - width else { return nil }
        var value: UInt64 = 0
        for index in 0..<width { value |= UInt64(bytes[offset + index]) << (8 * UInt64(index)) }
        return Int(exactly: value)
    }

    /// The offset of the chunk behind one of `size` bytes, which RIFF pads to an even length.
    ///
    /// Some writers forget the padding: when no name can be read behind it but one can without it, there is none.
    func next(after start: Int, size: Int) -> Int {
        let (end, overflow) = start.addingReportingOverflow(size)
        if overflow || end >= bytes.count { return bytes.count }
        if size % 2 == 0 { return end }
        return !isTag(at: end + 1) && isTag(at: end) ? end : end + 1
    }

    /// The bytes of the samples, and whether they run to the end of the file for want of a believable length.
    func samples(at start: Int, size: Int, longSize: Int?) -> (Range<Int>, Bool) {
        let rest = bytes.count - start
        if size == 0xFFFF_FFFF, let longSize, longSize <= rest { return (start..<start + longSize, false) }
        if size == 0 {
            // Truly empty when nothing or a proper row of chunks follows; not known to its writer otherwise.
            return chunksFill(from: start) ? (start..<start, false) : (start..<bytes.count, true)
        }
        return size <= rest ? (start..<start + size, false) : (start..<bytes.count, true)
    }

    private func chunksFill(from start: Int) -> Bool {
        var offset = start
        while offset < bytes.count {
            guard isTag(at: offset), let size = number(at: offset + 4, bytes: 4), size <= bytes.count - offset - 8
            else { return false }
            offset += 8 + size + size % 2
        }
        return true
    }

    private func isTag(at offset: Int) -> Bool {
        guard offset >= 0, bytes.count >= 4, offset <= bytes.count - 4 else { return false }
        return (0..<4).allSatisfy { (0x20...0x7E).contains(bytes[offset + $0]) }
    }
}

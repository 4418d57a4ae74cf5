// SPDX-License-Identifier: Apache-2.0

/// Where things lie in a WAV file: the outcome of the walk over its chunks.
struct WAVLayout {
    let format: WAVFormat
    /// The bytes of the samples.
    let data: Range<Int>
    /// The samples run to the end of the file because their length was not known to its writer, or too long.
    let isOpenEnded: Bool
    /// Bytes that are announced and not there; 0 where its writer did not know the length.
    let missingBytes: Int

    /// From here on a length says nothing: programs that write into a pipe do not know it, and put 0xFFFFFFFF or something
    /// near 0x7FFFFFFF.
    private static let smallestUnknown = 0x7FFF_0000

    init(_ bytes: [UInt8]) throws(WAVError) {
        let reader = WAVBytes(bytes)
        guard reader.tag(at: 0) == "RIFF" || reader.tag(at: 0) == "RF64" else { throw .notRIFF(at: 0) }
        guard reader.tag(at: 8) == "WAVE" else { throw .notRIFF(at: 8) }
        var format: WAVFormat?
        var longSize: Int?
        var offset = 12
        while offset < bytes.count {
            guard let tag = reader.tag(at: offset), let size = reader.number(at: offset + 4, bytes: 4) else {
                // A stump of a chunk header; samples were not found before it.
                throw .noData(at: offset)
            }
            let start = offset + 8
            switch tag {
            case "fmt ":
                format = try reader.format(at: start, size: size)
            case "ds64":
                longSize = reader.number(at: start + 8, bytes: 8)
            case "data":
                guard let format else { throw .noFormat(at: offset) }
                self.format = format
                (data, isOpenEnded) = reader.samples(at: start, size: size, longSize: longSize)
                missingBytes = size < Self.smallestUnknown ? max(0, size - data.count) : 0
                return
            default:
                break
            }
            offset = reader.next(after: start, size: size)
        }
        throw .noData(at: bytes.count)
    }
}

// SPDX-License-Identifier: Apache-2.0

/// A WAV file in memory, its samples as 16-bit mono.
///
/// The reader walks the chunks of RIFF: unknown ones are skipped, odd ones are padded, `data` need not be the first
/// or the last, and what follows it is not played. Files written by programs that did not know the length (0 or
/// 0xFFFFFFFF in its place, or a length beyond the end) are played to their end. Memory is bounded by the file: at
/// most two bytes for each of its bytes.
package struct WAVFile: Equatable, Sendable {
    /// The format of the file, before it was made mono.
    package var format: WAVFormat
    /// Mono samples: of a stereo file the mean of both channels.
    package var samples: [Int16]
    /// The file's length of `data` was not known to its writer, or longer than the file.
    package var isOpenEnded: Bool
    /// Bytes that the length of `data` announces and the file does not have; 0 where its writer did not know it.
    package var missingBytes: Int
    /// Bytes of an unfinished sample at the end of `data`, which were left away.
    package var trailingBytes: Int

    /// Hertz.
    package var rate: Int { format.rate }

    /// Reads a whole file.
    ///
    /// - Throws: what is wrong with it, and at which byte. Any bytes may be given.
    package static func parse(_ bytes: [UInt8]) throws(WAVError) -> WAVFile {
        let layout = try WAVLayout(bytes)
        let data = bytes.span.extracting(layout.data)
        let block = layout.format.bytesPerBlock
        return WAVFile(
            format: layout.format,
            samples: monoSamples(of: data, layout.format),
            isOpenEnded: layout.isOpenEnded,
            missingBytes: layout.missingBytes,
            trailingBytes: data.count % block
        )
    }
}

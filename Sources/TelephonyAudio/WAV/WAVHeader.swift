// SPDX-License-Identifier: Apache-2.0

/// Writes the bytes in front of the samples of a WAV file.
///
/// For samples whose number is not known yet the lengths are 0xFFFFFFFF, which readers take as "to the end of the
/// file", so that a file is playable while it grows and after a crash. `patches` gives the bytes to overwrite in the
/// end. PCM has the plain 44 bytes; the other encodings have the `fact` chunk that the format asks of them, 58.
package struct WAVHeader: Equatable, Sendable {
    /// A field to overwrite once the length is known.
    package struct Patch: Equatable, Sendable {
        /// Byte from the beginning of the file.
        package var offset: Int
        /// What to write there.
        package var bytes: [UInt8]
    }

    /// What the samples behind the header are.
    package let format: WAVFormat

    package init(format: WAVFormat) {
        self.format = format
    }

    /// Length of the header in bytes.
    package var byteCount: Int { hasFact ? 58 : 44 }

    /// The header for this number of bytes of samples; nil when it is not known yet.
    ///
    /// Odd `dataBytes` ask for one zero byte behind the samples.
    package func bytes(dataBytes: Int?) -> [UInt8] {
        let (tag, width) =
            switch format.encoding {
            case .pcm(let bytes): (1, bytes)
            case .float: (3, 4)
            case .g711(.aLaw): (6, 1)
            case .g711(.muLaw): (7, 1)
            }
        let block = format.bytesPerBlock
        var header = Array("RIFF".utf8) + Self.littleEndian(riffSize(dataBytes), 4) + Array("WAVEfmt ".utf8)
        header += Self.littleEndian(hasFact ? 18 : 16, 4)
        header += Self.littleEndian(tag, 2) + Self.littleEndian(format.channels, 2)
        header += Self.littleEndian(format.rate, 4) + Self.littleEndian(format.rate * block, 4)
        header += Self.littleEndian(block, 2) + Self.littleEndian(width * 8, 2)
        if hasFact {
            header += [0, 0] + Array("fact".utf8) + Self.littleEndian(4, 4)
            header += Self.littleEndian(dataBytes.map { $0 / block } ?? 0xFFFF_FFFF, 4)
        }
        return header + Array("data".utf8) + Self.littleEndian(dataBytes ?? 0xFFFF_FFFF, 4)
    }

    /// What to overwrite in a header of unknown length when it is known.
    package func patches(dataBytes: Int) -> [Patch] {
        var patches = [
            Patch(offset: 4, bytes: Self.littleEndian(riffSize(dataBytes), 4)),
            Patch(offset: byteCount - 4, bytes: Self.littleEndian(dataBytes, 4)),
        ]
        if hasFact {
            patches.append(Patch(offset: 46, bytes: Self.littleEndian(dataBytes / format.bytesPerBlock, 4)))
        }
        return patches
    }

    private var hasFact: Bool {
        if case .pcm = format.encoding { return false }
        return true
    }

    private func riffSize(_ dataBytes: Int?) -> Int {
        dataBytes.map { byteCount - 8 + $0 + $0 % 2 } ?? 0xFFFF_FFFF
    }

    /// Values beyond four bytes become 0xFFFFFFFF: the length is then again "to the end".
    private static func littleEndian(_ value: Int, _ width: Int) -> [UInt8] {
        let bits = UInt32(clamping: value)
        return (0..<width).map { UInt8(truncatingIfNeeded: bits >> (8 * UInt32($0))) }
    }
}

// SPDX-License-Identifier: Apache-2.0
import TelephonyAudio
import Testing

struct WAVFileTests {
    private typealias Build = WAVBuilder
    private static let two = Build.chunk("data", [1, 0, 2, 0])

    @Test(arguments: [
        ("plain", Build.riff(Build.format(), two)),
        ("18-byte format", Build.riff(Build.format(extra: [0, 0]), two)),
        ("extensible", Build.riff(Build.extensible(tag: 1, bits: 16, valid: 16), two)),
        (
            "chunks before",
            Build.riff(Build.chunk("LIST", [1, 2, 3]), Build.format(), Build.chunk("fact", [2, 0, 0, 0]), two)
        ),
        ("odd chunk without padding", Build.riff(Build.chunk("junk", [1, 2, 3], pad: false), Build.format(), two)),
        ("chunk after the data", Build.riff(Build.format(), two, Build.chunk("LIST", [9, 9, 9, 9]))),
        ("second data chunk", Build.riff(Build.format(), two, Build.chunk("data", [9, 9]))),
        ("wrong length of the whole", Build.riff(Build.format(), two, size: 3)),
        ("rubbish behind the data", Build.riff(Build.format(), two) + [1, 2, 3]),
        ("zero alignment", Build.riff(Build.format(), two).replacing(at: 32, with: [0, 0])),
    ])
    func `samples are found`(name: String, file: [UInt8]) throws {
        let parsed = try WAVFile.parse(file)
        #expect(parsed.samples == [1, 2] && parsed.rate == 8000 && !parsed.isOpenEnded)
    }

    @Test(arguments: [0, 0xFFFF_FFFF, 0x7FFF_F000, 6])
    func `a length that a stream could not know runs to the end`(size: Int) throws {
        for whole in [0, 0xFFFF_FFFF, 36] {
            let file = Build.riff(
                Build.format(),
                Build.chunk("data", [1, 0, 2, 0, 3], size: size, pad: false),
                size: whole
            )
            let parsed = try WAVFile.parse(file)
            #expect(parsed.samples == [1, 2] && parsed.isOpenEnded && parsed.trailingBytes == 1)
            #expect(parsed.missingBytes == (size == 6 ? 1 : 0))
        }
    }

    @Test func `empty data is empty, not of unknown length`() throws {
        let alone = try WAVFile.parse(Build.riff(Build.format(), Build.chunk("data", [])))
        #expect(alone.samples.isEmpty && !alone.isOpenEnded)
        let list = Build.chunk("LIST", [1, 2, 3])
        let followed = try WAVFile.parse(Build.riff(Build.format(), Build.chunk("data", []), list))
        #expect(followed.samples.isEmpty && !followed.isOpenEnded)
    }

    @Test func `RF64 takes its length from ds64`() throws {
        let sizes = Build.chunk(
            "ds64",
            Build.number(0, 8) + Build.number(4, 8) + Build.number(2, 8) + Build.number(0, 4)
        )
        var file = Build.riff(
            sizes,
            Build.format(),
            Build.chunk("data", [1, 0, 2, 0], size: 0xFFFF_FFFF),
            Build.chunk("LIST", [9, 9])
        )
        file.replaceSubrange(0..<4, with: Array("RF64".utf8))
        #expect(try WAVFile.parse(file).samples == [1, 2])
    }

    @Test(
        arguments: [
            (Build.format(bits: 8), [0, 128, 255], [-32768, 0, 32512]),
            (Build.format(bits: 16), [0xFF, 0x7F, 0, 0x80], [32767, -32768]),
            (Build.format(bits: 24), [0x80, 1, 0, 0xFF, 0xFF, 0x7F, 0, 0, 0x80, 0x7F, 1, 0], [2, 32767, -32768, 1]),
            (Build.format(bits: 20), [0, 1, 0], [1]),
            (Build.format(bits: 32), [0, 0x80, 1, 0, 0, 0, 0, 0x80, 0xFF, 0xFF, 0xFF, 0x7F], [2, -32768, 32767]),
            (Build.extensible(tag: 1, bits: 24, valid: 20), [0, 5, 0], [5]),
            (Build.format(tag: 7, bits: 8), [0xFF, 0x00, 0x80], [0, -32124, 32124]),
            (Build.format(tag: 6, bits: 8), [0xD5, 0x55, 0xAA], [8, -8, 32256]),
            (Build.extensible(tag: 7, bits: 8, valid: 8), [0xFF], [0]),
            (
                Build.format(channels: 2), [10, 0, 20, 0, 0, 0x80, 0, 0x80, 0xFF, 0x7F, 0xFF, 0x7F],
                [15, -32768, 32767]
            ),
            (
                Build.format(tag: 3, bits: 32), floats([0, 0.5, -0.5, 1, -1, 2, -9, .nan, .infinity]),
                [0, 16384, -16384, 32767, -32768, 32767, -32768, 0, 32767]
            ),
        ] as [([UInt8], [UInt8], [Int16])]
    )
    func `every encoding is read`(format: [UInt8], data: [UInt8], expected: [Int16]) throws {
        #expect(try WAVFile.parse(Build.riff(format, Build.chunk("data", data))).samples == expected)
    }

    @Test(
        arguments: [
            ([], "not a WAV file", 0),
            (Array("RIFX\0\0\0\0WAVE".utf8), "not a WAV file", 0),
            (Array("RIFF\0\0\0\0AVI ".utf8), "not a WAV file", 8),
            (Build.riff(), "no data", 12),
            (Build.riff(Build.format()), "no data", 36),
            (Build.riff(two), "no format", 12),
            (Build.riff(Build.format(), Array("da".utf8)), "no data", 36),
            (Build.riff(Build.chunk("fmt ", [1, 0]), two), "bad format", 16),
            (Build.riff(Build.format(tag: 2), two), "unsupported encoding", 20),
            (Build.riff(Build.format(channels: 6), two), "unsupported channels", 22),
            (Build.riff(Build.format(channels: 0), two), "unsupported channels", 22),
            (Build.riff(Build.format(rate: 0), two), "unsupported rate", 24),
            (Build.riff(Build.format(bits: 0), two), "unsupported sample width", 32),
            (Build.riff(Build.format(bits: 64), two), "unsupported sample width", 32),
            (Build.riff(Build.format(tag: 3, bits: 64), two), "unsupported sample width", 32),
            (Array(Build.riff(Build.format(), two).prefix(30)), "truncated", 20),
        ] as [([UInt8], String, Int)]
    )
    func `faults are named with their place`(file: [UInt8], fault: String, offset: Int) {
        #expect {
            try WAVFile.parse(file)
        } throws: { error in
            guard let error = error as? WAVError else { return false }
            return error.shortDescription == fault && error.offset == offset
                && error.description.hasPrefix("WAV, byte \(offset): ") && error.description.contains("; ")
        }
    }

    private static func floats(_ values: [Float]) -> [UInt8] {
        values.flatMap { Build.number(Int($0.bitPattern), 4) }
    }
}

extension [UInt8] {
    fileprivate func replacing(at offset: Int, with bytes: [UInt8]) -> [UInt8] {
        Array(self[..<offset]) + bytes + Array(self[(offset + bytes.count)...])
    }
}

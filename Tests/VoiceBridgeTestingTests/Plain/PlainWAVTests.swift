// SPDX-License-Identifier: Apache-2.0
import Testing
import VoiceBridgeTesting

@Suite struct PlainWAVTests {
    /// A RIFF file of chunks whose bytes are typed here.
    private static func riff(_ chunks: [(String, [UInt8])], dataLength: [UInt8]? = nil) -> [UInt8] {
        var body = Array("WAVE".utf8)
        for (name, bytes) in chunks {
            let length = [UInt8(bytes.count & 255), UInt8(bytes.count >> 8), 0, 0]
            body += Array(name.utf8) + (name == "data" ? dataLength ?? length : length) + bytes
            if bytes.count % 2 == 1, name != "data" { body.append(0) }
        }
        return Array("RIFF".utf8) + [0, 0, 0, 0] + body
    }

    private static func format(_ tag: UInt8, channels: UInt8, bits: UInt8) -> [UInt8] {
        [tag, 0, channels, 0, 0x40, 0x1F, 0, 0, 0, 0, 0, 0, 0, 0, bits, 0]
    }

    static let files: [([UInt8], [Int16])] = [
        (riff([("fmt ", format(1, channels: 1, bits: 16)), ("data", [1, 0, 0xFF, 0xFF])]), [1, -1]),
        (riff([("fmt ", format(1, channels: 2, bits: 16)), ("data", [2, 0, 4, 0, 0, 0x80, 0, 0x80])]), [3, -32_768]),
        (riff([("fmt ", format(1, channels: 1, bits: 8)), ("data", [0x80, 0x00, 0xFF])]), [0, -32_768, 32_512]),
        (riff([("fmt ", format(1, channels: 1, bits: 24)), ("data", [9, 1, 0, 9, 0xFF, 0xFF])]), [1, -1]),
        (
            riff([("fmt ", format(3, channels: 1, bits: 32)), ("data", [0, 0, 0, 0x3F, 0, 0, 0, 0xC0])]),
            [16_384, -32_768]
        ),
        (riff([("fmt ", format(7, channels: 1, bits: 8)), ("data", [0xFF, 0x80])]), [0, 32_124]),
        (riff([("fmt ", format(6, channels: 1, bits: 8)), ("data", [0xD5])]), [8]),
        // An odd chunk before, one behind, and a half sample at the end.
        (
            riff([
                ("LIST", [1, 2, 3]), ("fmt ", format(1, channels: 1, bits: 16)), ("data", [1, 0]), ("LIST", [9, 9]),
            ]),
            [1]
        ),
        (riff([("fmt ", format(1, channels: 1, bits: 16)), ("data", [1, 0, 7])]), [1]),
        // The length of a stream that was never finished.
        (
            riff([("fmt ", format(1, channels: 1, bits: 16)), ("data", [1, 0])], dataLength: [255, 255, 255, 255]), [1]
        ),
    ]

    @Test(arguments: files)
    func `files are read`(file: [UInt8], samples: [Int16]) throws {
        #expect(try PlainWAV(parsing: file) == PlainWAV(sampleRate: 8_000, samples: samples))
    }

    @Test(arguments: [
        [], Array("RIFF0000WAVE".utf8), Array("not a wave file at all".utf8),
        riff([("data", [1, 0]), ("fmt ", format(1, channels: 1, bits: 16))]),
        riff([("fmt ", format(85, channels: 1, bits: 16)), ("data", [1, 0])]),
        riff([("fmt ", format(1, channels: 0, bits: 16)), ("data", [1, 0])]), riff([("fmt ", [1, 0]), ("data", [])]),
    ])
    func `what is no sound is refused`(file: [UInt8]) {
        #expect(throws: PlainWAV.Fault.self) { try PlainWAV(parsing: file) }
    }

    @Test func `a file written is the 44 bytes of header and the samples`() {
        let file = PlainWAV(sampleRate: 8_000, samples: [1, -2]).file
        let header: [UInt8] = [
            0x52, 0x49, 0x46, 0x46, 40, 0, 0, 0, 0x57, 0x41, 0x56, 0x45, 0x66, 0x6D, 0x74, 0x20, 16, 0, 0, 0, 1, 0, 1,
            0,
            0x40, 0x1F, 0, 0, 0x80, 0x3E, 0, 0, 2, 0, 16, 0, 0x64, 0x61, 0x74, 0x61, 4, 0, 0, 0,
        ]
        #expect(file == header + [1, 0, 0xFE, 0xFF])
    }

    @Test(arguments: [(8_000, 16_000), (16_000, 8_000), (44_100, 8_000), (8_000, 48_000), (16_000, 16_000)])
    func `a tone keeps its pitch and level at another rate`(from source: Int, to target: Int) {
        func tone(_ rate: Int) -> [Int16] { (0..<rate / 2).map { Int16(10_000 * sine(1_000 * $0, rate)) } }
        let converted = PlainResampler.convert(tone(source), from: source, to: target)
        let expected = tone(target)
        #expect(abs(converted.count - expected.count) <= 1)
        let margin = target / 20
        let worst = (margin..<expected.count - margin).map { abs(Int(converted[$0]) - Int(expected[$0])) }.max()
        #expect((worst ?? .max) <= 20)
    }

    /// The sine of a whole turn's `numerator / denominator`, by rotating a vector: no library is asked.
    private func sine(_ numerator: Int, _ denominator: Int) -> Double {
        let angle = Double(numerator % denominator) / Double(denominator) * 2 * Double.pi
        // Taylor's series about the nearest multiple of a half turn.
        let turns = (angle / Double.pi).rounded()
        let rest = angle - turns * Double.pi
        var term = rest
        var sum = rest
        for power in stride(from: 3.0, through: 19, by: 2) {
            term *= -rest * rest / (power * (power - 1))
            sum += term
        }
        return Int(turns) % 2 == 0 ? sum : -sum
    }
}

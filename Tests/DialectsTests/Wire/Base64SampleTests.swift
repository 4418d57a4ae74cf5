// SPDX-License-Identifier: Apache-2.0

import Dialects
import NIOCore
import TestSupport
import Testing

/// Straight between text and samples: what bytes in between would give.
@Suite struct Base64SampleTests {
    private static let table = (0..<256).map { Int16($0 * 200 - 25_000) }

    @Test func samplesAreThoseOfTheBytes() throws {
        var random = RandomNumbers(seed: 4)
        for length in 0...330 {
            let bytes = (0..<length).map { _ in UInt8.random(in: 0...255, using: &random) }
            let text = Array(PlainBase64.encode(bytes).utf8)
            let room = Base64.samplesNeeded(forCharacters: text.count, bytesPerSample: 2)
            var linear = [Int16](repeating: 0, count: room)
            var span = linear.mutableSpan
            #expect(try Base64.decode(text.span, intoLinear16: &span) == length)
            let whole = (0..<length / 2).map {
                Int16(bitPattern: UInt16(bytes[2 * $0]) | UInt16(bytes[2 * $0 + 1]) << 8)
            }
            #expect(Array(linear.prefix(length / 2)) == whole)
            if length % 2 == 1 { #expect(UInt8(truncatingIfNeeded: linear[length / 2]) == bytes[length - 1]) }

            let wide = Base64.samplesNeeded(forCharacters: text.count, bytesPerSample: 1)
            var decoded = [Int16](repeating: 0, count: wide)
            var decodedSpan = decoded.mutableSpan
            #expect(try Base64.decode(text.span, codes: Self.table.span, into: &decodedSpan) == length)
            #expect(Array(decoded.prefix(length)) == bytes.map { Self.table[Int($0)] })
        }
    }

    @Test func theMessageIsThatOfTheBytes() {
        var random = RandomNumbers(seed: 5)
        for length in Array(0...40) + [160, 239, 240, 241, 480, 481, 960, 1601] {
            let samples = (0..<length).map { _ in Int16.random(in: .min ... .max, using: &random) }
            let bytes = samples.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8(truncatingIfNeeded: $0 >> 8)] }
            var linear = ByteBuffer(string: "{")
            linear.writeBase64(linear16: samples.span)
            #expect(String(buffer: linear) == "{" + PlainBase64.encode(bytes))
            var coded = ByteBuffer()
            coded.writeBase64(of: samples.span) { samples, codes in
                for index in samples.indices { codes[index] = UInt8(truncatingIfNeeded: samples[index] >> 8) }
            }
            #expect(String(buffer: coded) == PlainBase64.encode(samples.map { UInt8(truncatingIfNeeded: $0 >> 8) }))
        }
    }

    @Test(arguments: [" AAEC\r\nAwQ= ", "AAEC-_8", "AAEC+/8="])
    func theTolerancesAreThoseOfBytes(text: String) throws {
        var media = MediaBuffer()
        let characters = Array(text.utf8)
        try Base64.decode(characters.span, into: &media)
        let bytes = media.withBytes { bytes in bytes.indices.map { bytes[$0] } }
        var samples = [Int16](repeating: 0, count: 20)
        var span = samples.mutableSpan
        let count = try Base64.decode(characters.span, codes: Self.table.span, into: &span)
        #expect(Array(samples.prefix(count)) == bytes.map { Self.table[Int($0)] })
    }

    @Test(arguments: ["A", "AA=A", "A*==", "AAAA====", "AAEC.AAA"])
    func whatIsNotBase64Throws(text: String) {
        let characters = Array(text.utf8)
        var samples = [Int16](repeating: 0, count: 20)
        var span = samples.mutableSpan
        #expect(throws: Base64Error.self) { try Base64.decode(characters.span, intoLinear16: &span) }
        #expect(throws: Base64Error.self) { try Base64.decode(characters.span, codes: Self.table.span, into: &span) }
    }
}

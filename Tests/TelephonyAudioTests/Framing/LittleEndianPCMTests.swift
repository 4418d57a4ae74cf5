// SPDX-License-Identifier: Apache-2.0
import TelephonyAudio
import Testing

struct LittleEndianPCMTests {
    static let bytes: [UInt8] = [0x00, 0x00, 0x34, 0x12, 0xFF, 0x7F, 0x00, 0x80, 0xFE, 0xFF]
    static let samples: [Int16] = [0, 0x1234, 32767, -32768, -2]

    static func decode(_ messages: [[UInt8]], _ decoder: inout LittleEndianPCM) -> [Int16] {
        messages.flatMap { message in
            var samples = [Int16](repeating: 99, count: decoder.sampleCount(for: message.count))
            var span = samples.mutableSpan
            let count = decoder.decode(message.span, into: &span)
            #expect(count == samples.count)
            return samples
        }
    }

    @Test func `every split into three messages gives the same samples`() {
        for first in 0...Self.bytes.count {
            for second in first...Self.bytes.count {
                var decoder = LittleEndianPCM()
                let messages = [
                    Array(Self.bytes[..<first]), Array(Self.bytes[first..<second]), Array(Self.bytes[second...]),
                ]
                let decoded = Self.decode(messages, &decoder)
                #expect(decoded == Self.samples)
                #expect(
                    decoder.danglingBytes == first % 2 + (second > first ? second % 2 : 0) && !decoder.isInsideSample
                )
            }
        }
    }

    @Test func `a lost last byte is told`() {
        var decoder = LittleEndianPCM()
        let first = Self.decode([[1, 0, 7]], &decoder)
        #expect(first == [1])
        #expect(decoder.isInsideSample && decoder.danglingBytes == 1)
        let lost = [decoder.finish(), decoder.finish()]
        #expect(lost == [true, false])
        let second = Self.decode([[2, 0]], &decoder)
        #expect(second == [2])
    }

    @Test func `samples become bytes`() {
        var bytes = [UInt8](repeating: 0, count: 10)
        var span = bytes.mutableSpan
        LittleEndianPCM.encode(Self.samples.span, into: &span)
        #expect(bytes == Self.bytes)
    }
}

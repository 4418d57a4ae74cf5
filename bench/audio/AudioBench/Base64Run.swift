// SPDX-License-Identifier: Apache-2.0
import Dialects
import NIOCore
import TelephonyAudio

/// Base64 of 160 bytes between a message and bytes or samples.
enum Base64Run {
    static func run(rounds: Int) {
        let codes = (0..<160).map { UInt8(truncatingIfNeeded: $0 &* 37) }
        let table = G711.muLaw.samplesByCode
        var message = ByteBuffer()
        message.writeBase64(codes.span)
        let text = Array(message.readableBytesView)
        var media = MediaBuffer()
        var samples = [Int16](repeating: 0, count: Base64.samplesNeeded(forCharacters: text.count, bytesPerSample: 1))
        let half = Array(samples.prefix(80))
        var line = ""
        func report(_ name: String, _ time: Int) { line += "\(name) \((Double(time) / Double(rounds)).rounded()) " }
        report("decode_to_bytes", AudioBench.least(9) { decodeBytes(text, &media, rounds) })
        report("decode_to_linear16_samples", AudioBench.least(9) { decodeLinear(text, &samples, rounds) })
        report("decode_mu_law_to_samples", AudioBench.least(9) { decodeCodes(text, table, &samples, rounds) })
        report("encode_bytes", AudioBench.least(9) { encodeBytes(codes, &message, rounds) })
        report("encode_linear16_samples", AudioBench.least(9) { encodeLinear(half, &message, rounds) })
        report("encode_samples_to_mu_law", AudioBench.least(9) { encodeCodes(samples, &message, rounds) })
        print(line)
    }

    @inline(never)
    private static func decodeBytes(_ text: [UInt8], _ media: inout MediaBuffer, _ rounds: Int) {
        for _ in 0..<rounds { try? Base64.decode(text.span, into: &media) }
    }

    @inline(never)
    private static func decodeLinear(_ text: [UInt8], _ samples: inout [Int16], _ rounds: Int) {
        for _ in 0..<rounds {
            var span = samples.mutableSpan
            _ = try? Base64.decode(text.span, intoLinear16: &span)
        }
    }

    @inline(never)
    private static func decodeCodes(_ text: [UInt8], _ table: [Int16], _ samples: inout [Int16], _ rounds: Int) {
        for _ in 0..<rounds {
            var span = samples.mutableSpan
            _ = try? Base64.decode(text.span, codes: table.span, into: &span)
        }
    }

    @inline(never)
    private static func encodeBytes(_ bytes: [UInt8], _ message: inout ByteBuffer, _ rounds: Int) {
        for _ in 0..<rounds {
            message.clear()
            message.writeBase64(bytes.span)
        }
    }

    @inline(never)
    private static func encodeLinear(_ samples: [Int16], _ message: inout ByteBuffer, _ rounds: Int) {
        for _ in 0..<rounds {
            message.clear()
            message.writeBase64(linear16: samples.span)
        }
    }

    @inline(never)
    private static func encodeCodes(_ samples: [Int16], _ message: inout ByteBuffer, _ rounds: Int) {
        for _ in 0..<rounds {
            message.clear()
            message.writeBase64(of: samples.span.extracting(first: 160)) { G711.muLaw.encode($0, into: &$1) }
        }
    }
}

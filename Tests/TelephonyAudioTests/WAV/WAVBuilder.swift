// SPDX-License-Identifier: Apache-2.0

/// Puts WAV files together chunk by chunk, right and wrong, without the writer under test.
enum WAVBuilder {
    static func number(_ value: Int, _ bytes: Int) -> [UInt8] {
        (0..<bytes).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    }

    static func chunk(_ name: String, _ body: [UInt8], size: Int? = nil, pad: Bool = true) -> [UInt8] {
        Array(name.utf8) + number(size ?? body.count, 4) + body + (pad && body.count % 2 == 1 ? [0] : [])
    }

    static func format(tag: Int = 1, channels: Int = 1, rate: Int = 8000, bits: Int = 16, extra: [UInt8] = [])
        -> [UInt8]
    {
        let block = channels * ((bits + 7) / 8)
        let body = number(tag, 2) + number(channels, 2) + number(rate, 4) + number(rate * block, 4)
        return chunk("fmt ", body + number(block, 2) + number(bits, 2) + extra)
    }

    static func extensible(tag: Int, channels: Int = 1, bits: Int, valid: Int) -> [UInt8] {
        let tail: [UInt8] = [0, 0, 0, 0, 0x10, 0, 0x80, 0, 0, 0xAA, 0, 0x38, 0x9B, 0x71]
        let extra = number(22, 2) + number(valid, 2) + number(4, 4) + number(tag, 2) + tail
        return format(tag: 0xFFFE, channels: channels, bits: bits, extra: extra)
    }

    static func riff(_ chunks: [UInt8]..., size: Int? = nil) -> [UInt8] {
        let body = chunks.flatMap { $0 }
        return Array("RIFF".utf8) + number(size ?? body.count + 4, 4) + Array("WAVE".utf8) + body
    }
}

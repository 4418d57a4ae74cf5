// SPDX-License-Identifier: Apache-2.0
import VoiceBridgeTesting

/// Turns what comes back into samples, by tables.
struct AudioDecoder: Sendable {
    private static let invalid: UInt8 = 0xFF

    /// A character's six bits.
    private let digits: [UInt8]
    /// A code's sample; empty for linear PCM.
    private let samples: [Float]
    private let isBigEndian: Bool
    let bytesPerSample: Int

    init(_ format: SimulatedAudioFormat, isBigEndian: Bool) {
        var digits = [UInt8](repeating: Self.invalid, count: 256)
        for (value, character) in "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8.enumerated() {
            digits[Int(character)] = UInt8(value)
        }
        self.digits = digits
        samples =
            switch format.encoding {
            case .pcm: []
            case .ulaw: (0...255).map { Float(PlainG711.decodeMuLaw($0)) }
            case .alaw: (0...255).map { Float(PlainG711.decodeALaw($0)) }
            }
        self.isBigEndian = isBigEndian
        bytesPerSample = format.bytesPerSample
    }

    /// Replaces `bytes` by what a base64 text holds (RFC 4648 §4, with padding).
    ///
    /// - Returns: False when it is none.
    func decode(_ text: Span<UInt8>, into bytes: inout [UInt8]) -> Bool {
        bytes.removeAll(keepingCapacity: true)
        guard text.count >= 4, text.count.isMultiple(of: 4) else { return text.isEmpty }
        var padding = 0
        while padding < 2, text[text.count - 1 - padding] == UInt8(ascii: "=") { padding += 1 }
        var index = 0
        var faults: UInt8 = 0
        let whole = text.count - (padding > 0 ? 4 : 0)
        while index < whole {
            let (a, b) = (digits[Int(text[index])], digits[Int(text[index + 1])])
            let (c, d) = (digits[Int(text[index + 2])], digits[Int(text[index + 3])])
            faults |= a | b | c | d
            bytes.append(a << 2 | b >> 4)
            bytes.append(b << 4 | c >> 2)
            bytes.append(c << 6 | d)
            index += 4
        }
        if padding > 0 {
            let (a, b) = (digits[Int(text[index])], digits[Int(text[index + 1])])
            faults |= a | b
            bytes.append(a << 2 | b >> 4)
            if padding == 1 {
                let c = digits[Int(text[index + 2])]
                faults |= c
                bytes.append(b << 4 | c >> 2)
            }
        }
        // Six bits at most in what is valid.
        return faults & 0xC0 == 0
    }

    /// The sample at a place of so many bytes.
    func sample(_ bytes: Span<UInt8>, at index: Int) -> Float {
        guard samples.isEmpty else { return samples[Int(bytes[index])] }
        let (first, second) = (UInt16(bytes[2 * index]), UInt16(bytes[2 * index + 1]))
        return Float(Int16(bitPattern: isBigEndian ? first << 8 | second : second << 8 | first))
    }
}

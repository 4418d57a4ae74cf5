// SPDX-License-Identifier: Apache-2.0

/// What the `fmt ` chunk says.
struct PlainWAVLayout {
    let tag: Int
    let channels: Int
    let sampleRate: Int
    let width: Int

    init(_ chunk: ArraySlice<UInt8>) throws(PlainWAV.Fault) {
        guard chunk.count >= 16 else { throw PlainWAV.Fault(description: "the format chunk is cut short") }
        let named = PlainWAV.number(chunk, 0, 2)
        // WAVE_FORMAT_EXTENSIBLE keeps the true tag in the first two bytes of its sub-format.
        tag = named == 0xFFFE && chunk.count >= 26 ? PlainWAV.number(chunk, 24, 2) : named
        channels = PlainWAV.number(chunk, 2, 2)
        sampleRate = PlainWAV.number(chunk, 4, 4)
        width = PlainWAV.number(chunk, 14, 2) / 8
        let isKnown =
            switch tag {
            case 1: (1...4).contains(width)
            case 3: width == 4
            case 6, 7: width == 1
            default: false
            }
        guard isKnown, channels > 0, sampleRate > 0 else {
            throw PlainWAV.Fault(
                description: "format \(tag) with \(width * 8) bits, \(channels) channels at \(sampleRate) Hz is not "
                    + "read; convert it to 16-bit PCM"
            )
        }
    }

    func samples(_ data: ArraySlice<UInt8>) throws(PlainWAV.Fault) -> [Int16] {
        let bytes = Array(data)
        let frame = channels * width
        return stride(from: 0, to: bytes.count - frame + 1, by: frame).map { start in
            let sum = (0..<channels).reduce(0) { $0 + Int(sample(bytes, start + $1 * width)) }
            return Int16(sum / channels)
        }
    }

    private func sample(_ bytes: [UInt8], _ offset: Int) -> Int16 {
        switch (tag, width) {
        case (6, _): return PlainG711.decodeALaw(bytes[offset])
        case (7, _): return PlainG711.decodeMuLaw(bytes[offset])
        case (1, 1): return Int16(Int(bytes[offset]) - 128) << 8
        case (3, _):
            let value = Float(bitPattern: UInt32(PlainWAV.number(bytes, offset, 4)))
            return value.isFinite ? Int16(max(-32_768, min(32_767, (value * 32_768).rounded()))) : 0
        default: return Int16(bitPattern: UInt16(PlainWAV.number(bytes, offset + width - 2, 2)))
        }
    }
}

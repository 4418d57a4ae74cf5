// SPDX-License-Identifier: Apache-2.0

/// ITU-T G.711 by arithmetic, sample by sample: slow, short, and shared with nobody.
///
/// The server has coders of its own; the simulator must not borrow them, or a fault there would undo itself here.
/// Linear samples are 16-bit, the codes as on the wire.
public enum PlainG711 {
    /// The µ-law code of a sample (ITU-T G.711 table 2a/2b, with G.191's one's-complement magnitude).
    public static func encodeMuLaw(_ sample: Int16) -> UInt8 {
        let magnitude = sample >= 0 ? Int(sample) : ~Int(sample)
        let biased = min((magnitude >> 2) + 33, 8_191)
        var segment = 1
        while biased >> (segment + 5) > 0 { segment += 1 }
        let step = (biased >> segment) & 15
        return UInt8((8 - segment) << 4 | (15 - step) | (sample >= 0 ? 0x80 : 0))
    }

    /// The sample of a µ-law code, −32124 … 32124.
    public static func decodeMuLaw(_ code: UInt8) -> Int16 {
        let inverted = Int(~code)
        let exponent = inverted >> 4 & 7
        let step = inverted & 15
        let magnitude = (0x80 << exponent) + (8 << exponent) * step + (4 << exponent) - 132
        return Int16(code & 0x80 != 0 ? magnitude : -magnitude)
    }

    /// The A-law code of a sample (ITU-T G.711 table 1a/1b), its even bits inverted.
    public static func encodeALaw(_ sample: Int16) -> UInt8 {
        let magnitude = (sample >= 0 ? Int(sample) : ~Int(sample)) >> 4
        var segment = 0
        while magnitude >> segment > 15 { segment += 1 }
        let step = magnitude >> max(segment - 1, 0) & 15
        return UInt8(segment << 4 | step | (sample >= 0 ? 0x80 : 0)) ^ 0x55
    }

    /// The sample of an A-law code, −32256 … 32256; no code is zero.
    public static func decodeALaw(_ code: UInt8) -> Int16 {
        let plain = Int(code ^ 0x55)
        let segment = plain >> 4 & 7
        let step = plain & 15
        let magnitude = ((segment > 0 ? step + 16 : step) * 16 + 8) << max(segment - 1, 0)
        return Int16(plain & 0x80 != 0 ? magnitude : -magnitude)
    }
}

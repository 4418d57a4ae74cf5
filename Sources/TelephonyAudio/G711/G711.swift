// SPDX-License-Identifier: Apache-2.0

/// The two companding laws of ITU-T G.711, equal to the ITU-T G.191 software tools for every input.
///
/// Linear samples are on the full 16-bit scale. Negative samples are companded by their one's complement, as G.191
/// does; coders that negate arithmetically differ from it by one code at decision values.
package enum G711: Sendable, CaseIterable {
    /// µ-law (North America, Japan): `PCMU`.
    case muLaw
    /// A-law (most other countries): `PCMA`.
    case aLaw

    /// The idle code, which is what `encode(0)` gives: 0xFF for µ-law (linear 0), 0xD5 for A-law (linear +8).
    package var silence: UInt8 {
        switch self {
        case .muLaw: 0xFF
        case .aLaw: 0xD5
        }
    }

    /// The code of one linear sample.
    package func encode(_ sample: Int16) -> UInt8 {
        switch self {
        case .muLaw: Self.encodeMuLaw(sample)
        case .aLaw: Self.encodeALaw(sample)
        }
    }

    /// The linear sample of one code: within ±32124 for µ-law, ±32256 for A-law (which has no zero).
    package func decode(_ code: UInt8) -> Int16 {
        switch self {
        case .muLaw: Self.decodeMuLaw(code)
        case .aLaw: Self.decodeALaw(code)
        }
    }

    // Both encoders read segment and mantissa off a float: for an integer below 2^24 the exponent field is the place
    // of the leading bit and the top four bits of the fraction are the mantissa of G.711, truncated. Without a branch
    // or a count of leading zeros the compiler turns the loop over a span into vector code.

    @inline(__always)
    static func encodeMuLaw(_ sample: Int16) -> UInt8 {
        let wide = Int32(sample)
        let sign = wide >> 31
        // 14-bit magnitude, biased by 33 so that the leading bit is bit 5…12.
        let magnitude = Float(((wide ^ sign) >> 2) &+ 33)
        let clipped = magnitude > 8191 ? 8191 : magnitude
        let segmentAndMantissa = (clipped.bitPattern >> 19) &- (132 << 4)
        return UInt8(truncatingIfNeeded: ~segmentAndMantissa) & 0x7F | UInt8(truncatingIfNeeded: ~sign) & 0x80
    }

    @inline(__always)
    static func encodeALaw(_ sample: Int16) -> UInt8 {
        let wide = Int32(sample)
        let sign = wide >> 31
        // 12-bit magnitude; the first two segments have one step, so values below 32 are codes as they are.
        let magnitude = (wide ^ sign) >> 4
        let segmentAndMantissa = Int32(bitPattern: (Float(magnitude).bitPattern >> 19) &- (130 << 4))
        let code = magnitude < 32 ? magnitude : segmentAndMantissa
        return (UInt8(truncatingIfNeeded: code) & 0x7F | UInt8(truncatingIfNeeded: ~sign) & 0x80) ^ 0x55
    }

    @inline(__always)
    static func decodeMuLaw(_ code: UInt8) -> Int16 {
        let inverted = Int32(~code)
        let segment = (inverted >> 4) & 7
        let magnitude = ((((inverted & 15) << 3) &+ 132) << segment) &- 132
        return Int16(truncatingIfNeeded: code & 0x80 != 0 ? magnitude : -magnitude)
    }

    @inline(__always)
    static func decodeALaw(_ code: UInt8) -> Int16 {
        let index = Int32(code ^ 0x55)
        let segment = (index >> 4) & 7
        let mantissa = (index & 15) &+ (segment > 0 ? 16 : 0)
        let magnitude = ((mantissa << 4) &+ 8) << max(segment &- 1, 0)
        return Int16(truncatingIfNeeded: code & 0x80 != 0 ? magnitude : -magnitude)
    }
}

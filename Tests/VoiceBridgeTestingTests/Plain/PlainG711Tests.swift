// SPDX-License-Identifier: Apache-2.0
import Testing
import VoiceBridgeTesting

/// Facts about ITU-T G.711 that hold for G.191's reference, typed from its tables.
@Suite struct PlainG711Tests {
    @Test(arguments: [
        (Int16(0), UInt8(0xFF), UInt8(0xD5)), (-1, 0x7F, 0x55), (32_767, 0x80, 0xAA), (-32_768, 0x00, 0x2A),
        (8, 0xFE, 0xD5), (-9, 0x7E, 0x55), (1_000, 0xCE, 0xFA), (-1_000, 0x4E, 0x7A),
    ])
    func `known codes`(sample: Int16, muLaw: UInt8, aLaw: UInt8) {
        #expect(PlainG711.encodeMuLaw(sample) == muLaw)
        #expect(PlainG711.encodeALaw(sample) == aLaw)
    }

    @Test(arguments: [
        (UInt8(0x80), Int16(32_124)), (0x00, -32_124), (0xFF, 0), (0x7F, 0), (0xFE, 8), (0x7E, -8),
    ])
    func `known mu-law values`(code: UInt8, sample: Int16) {
        #expect(PlainG711.decodeMuLaw(code) == sample)
    }

    @Test(arguments: [(UInt8(0xAA), Int16(32_256)), (0x2A, -32_256), (0xD5, 8), (0x55, -8)])
    func `known A-law values`(code: UInt8, sample: Int16) {
        #expect(PlainG711.decodeALaw(code) == sample)
    }

    @Test func `codes survive the round trip, the negative zero of mu-law excepted`() {
        for code in UInt8.min...UInt8.max {
            #expect(PlainG711.encodeMuLaw(PlainG711.decodeMuLaw(code)) == (code == 0x7F ? 0xFF : code))
            #expect(PlainG711.encodeALaw(PlainG711.decodeALaw(code)) == code)
        }
        #expect(Set((UInt8.min...UInt8.max).map(PlainG711.decodeMuLaw)).count == 255)
    }

    @Test func `signs mirror, errors stay within half the largest step`() {
        var worst = (muLaw: 0, aLaw: 0)
        for sample in Int16.min...Int16.max {
            let (muLaw, aLaw) = (PlainG711.encodeMuLaw(sample), PlainG711.encodeALaw(sample))
            if sample >= 0 {
                guard PlainG711.encodeMuLaw(~sample) == muLaw & 0x7F, PlainG711.encodeALaw(~sample) == aLaw & 0x7F
                else {
                    Issue.record("the codes of \(sample) and \(~sample) differ in more than the sign")
                    return
                }
            }
            worst.muLaw = max(worst.muLaw, abs(Int(PlainG711.decodeMuLaw(muLaw)) - Int(sample)))
            worst.aLaw = max(worst.aLaw, abs(Int(PlainG711.decodeALaw(aLaw)) - Int(sample)))
        }
        #expect(worst == (644, 512))
    }
}

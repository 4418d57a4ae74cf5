// SPDX-License-Identifier: Apache-2.0
import TelephonyAudio
import TestSupport
import Testing

struct G711Tests {
    static let allSamples = (-32768...32767).map { Int16($0) }
    static let allCodes = (0...255).map { UInt8($0) }

    static func encodeAll(_ law: G711) -> [UInt8] {
        var codes = [UInt8](repeating: 0, count: allSamples.count)
        var span = codes.mutableSpan
        law.encode(allSamples.span, into: &span)
        return codes
    }

    static func decodeAll(_ law: G711) -> [Int16] {
        var samples = [Int16](repeating: 0, count: allCodes.count)
        var span = samples.mutableSpan
        law.decode(allCodes.span, into: &span)
        return samples
    }

    @Test func `SHA-256 of the tests is right`() {
        let expected = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        #expect(PlainSHA256.hexadecimal(Array("abc".utf8)) == expected)
    }

    /// Prefixes of the SHA-256 of the tables that the ITU-T G.191 tools give.
    @Test(arguments: [(G711.muLaw, "90c29de505fb68e7"), (.aLaw, "38488f6fd710f468")])
    func `every sample is encoded as by G.191`(law: G711, prefix: String) {
        #expect(PlainSHA256.hexadecimal(Self.encodeAll(law)).prefix(16) == prefix)
    }

    @Test(arguments: [(G711.muLaw, "3dab54339e520bb2"), (.aLaw, "e04788d110e58ff8")])
    func `every code is decoded as by G.191`(law: G711, prefix: String) {
        let bytes = Self.decodeAll(law).flatMap { [UInt8(truncatingIfNeeded: $0), UInt8(truncatingIfNeeded: $0 >> 8)] }
        #expect(PlainSHA256.hexadecimal(bytes).prefix(16) == prefix)
    }

    @Test func `the plain coder agrees`() {
        let mu = Self.encodeAll(.muLaw)
        let a = Self.encodeAll(.aLaw)
        for sample in stride(from: -32768, through: 32767, by: 7) {
            #expect(mu[sample + 32768] == PlainG711.encodeMuLaw(sample), "µ-law of \(sample)")
            #expect(a[sample + 32768] == PlainG711.encodeALaw(sample), "A-law of \(sample)")
        }
        #expect(Self.decodeAll(.muLaw).map { Int($0) } == Self.allCodes.map { PlainG711.decodeMuLaw($0) })
        #expect(Self.decodeAll(.aLaw).map { Int($0) } == Self.allCodes.map { PlainG711.decodeALaw($0) })
    }

    @Test(arguments: G711.allCases)
    func `single samples and spans agree`(law: G711) {
        #expect(Self.encodeAll(law) == Self.allSamples.map { law.encode($0) })
        #expect(Self.decodeAll(law) == Self.allCodes.map { law.decode($0) })
    }

    @Test func `idle codes`() {
        #expect(G711.muLaw.silence == 0xFF && G711.muLaw.encode(0) == 0xFF && G711.muLaw.decode(0xFF) == 0)
        #expect(G711.aLaw.silence == 0xD5 && G711.aLaw.encode(0) == 0xD5 && G711.aLaw.decode(0xD5) == 8)
        #expect(G711.muLaw.encode(-1) == 0x7F && G711.aLaw.encode(-1) == 0x55 && G711.aLaw.decode(0x55) == -8)
    }

    @Test(arguments: G711.allCases)
    func `a complemented sample has the sign bit cleared`(law: G711) {
        let codes = Self.encodeAll(law)
        let wrong = (0...32767).filter { codes[32768 + ~$0] != codes[32768 + $0] & 0x7F }
        #expect(wrong.isEmpty)
    }

    @Test func `codes survive a round trip`() {
        for code in Self.allCodes {
            #expect(G711.aLaw.encode(G711.aLaw.decode(code)) == code)
            #expect(G711.muLaw.encode(G711.muLaw.decode(code)) == (code == 0x7F ? 0xFF : code))
        }
    }

    @Test(arguments: [(G711.muLaw, 32124, 644), (.aLaw, 32256, 512)])
    func `extremes and largest error`(law: G711, extreme: Int, error: Int) {
        #expect(Self.decodeAll(law).max() == Int16(extreme) && Self.decodeAll(law).min() == Int16(-extreme))
        let codes = Self.encodeAll(law)
        let errors = Self.allSamples.map { abs(Int($0) - Int(law.decode(codes[Int($0) + 32768]))) }
        #expect(errors.max() == error)
    }

    @Test(arguments: G711.allCases, G711.allCases)
    func `the other law's codes are those of the samples`(law: G711, other: G711) {
        var codes = [UInt8](repeating: 0, count: 256)
        var span = codes.mutableSpan
        law.transcode(Self.allCodes.span, to: other, into: &span)
        let expected = Self.allCodes.map { law == other ? $0 : other.encode(law.decode($0)) }
        #expect(codes == expected)
        // Decoding gives what the law decodes to, within half a step of the coarser law.
        for code in Self.allCodes {
            let (before, after) = (Int(law.decode(code)), Int(other.decode(codes[Int(code)])))
            #expect(abs(before - after) <= max(abs(before) / 16, 8), "code \(code)")
        }
    }

    @Test(arguments: G711.allCases)
    func `every length is encoded`(law: G711) {
        for length in 0...70 {
            let samples = (0..<length).map { Int16(truncatingIfNeeded: $0 * 26_041 + length) }
            var codes = [UInt8](repeating: 1, count: length + 3)
            var span = codes.mutableSpan
            law.encode(samples.span, into: &span)
            #expect(codes == samples.map { law.encode($0) } + [1, 1, 1])
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
import Testing
import WebSocketWire

@Suite struct MaskingTests {
    /// RFC 6455 §5.7: "Hello" masked with 37 fa 21 3d.
    @Test func masksTheExample() {
        #expect(masked(Array("Hello".utf8), 0..<5, key: 0x3D21_FA37, phase: 0) == bytes("7f 9f 4d 51 58"))
    }

    /// The fast loop against the plain one at each length, offset in memory and phase.
    @Test func equalsThePlainLoop() {
        let key: UInt32 = 0x8F3B_21C4
        let keyBytes = [UInt8](arrayLiteral: 0xC4, 0x21, 0x3B, 0x8F)
        for length in 0...130 {
            for offset in 0..<9 {
                for phase in 0..<9 {
                    let original = (0..<offset + length + 5).map { UInt8(truncatingIfNeeded: $0 &* 37 &+ 11) }
                    var expected = original
                    for index in 0..<length {
                        expected[offset + index] ^= keyBytes[(phase + index) % 4]
                    }
                    let actual = masked(original, offset..<offset + length, key: key, phase: phase)
                    if actual != expected {
                        Issue.record("differs at length \(length), offset \(offset), phase \(phase)")
                        return
                    }
                }
            }
        }
    }

    private func masked(_ original: [UInt8], _ range: Range<Int>, key: UInt32, phase: Int) -> [UInt8] {
        var copy = original
        var span = copy.mutableSpan
        var raw = unsafe span.mutableBytes
        Masking.apply(to: &raw, range: range, key: key, phase: phase)
        return copy
    }
}

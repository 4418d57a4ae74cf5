// SPDX-License-Identifier: Apache-2.0
import Testing
import WebSocketWire

@Suite struct UTF8ValidatorTests {
    /// The ends of each class of bytes that RFC 3629 §4 tells apart.
    static let edges: [UInt8] = [
        0x00, 0x41, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC1, 0xC2, 0xDF, 0xE0, 0xE1, 0xEC, 0xED, 0xEE,
        0xEF,
        0xF0, 0xF1, 0xF3, 0xF4, 0xF5, 0xFF,
    ]

    /// Every sequence of one to four bytes of the edges, whole and byte by byte, against the standard library.
    @Test func equalsTheReferenceForEachClass() {
        var sequences: [[UInt8]] = [[]]
        for _ in 0..<4 {
            sequences = sequences.flatMap { prefix in Self.edges.map { prefix + [$0] } }
            for sequence in sequences where !agrees(sequence) {
                Issue.record("wrong for \(hex(sequence))")
                return
            }
        }
    }

    /// Every two-byte sequence there is, behind eight and more bytes of ASCII.
    @Test func equalsTheReferenceBehindASCII() {
        for lead in 0..<12 {
            for first in UInt8.min...UInt8.max {
                for second in Self.edges {
                    let sequence = [UInt8](repeating: 0x61, count: lead) + [first, second]
                    if !agrees(sequence) {
                        Issue.record("wrong for \(hex(sequence))")
                        return
                    }
                }
            }
        }
    }

    /// The index of the first byte that cannot be right.
    @Test(arguments: [
        ("61 ff", 1), ("c0", 0), ("c3 28", 1), ("e0 9f", 1), ("ed a0", 1), ("f0 8f", 1), ("f4 90", 1), ("f5", 0),
        ("ce ba e1 bd b9 cf 83 ce bc ce b5 f4 90 80 80", 12), ("61 61 61 61 61 61 61 61 61 80", 9), ("e2 82 61", 2),
    ])
    func failsAtTheFirstBadByte(text: String, index: Int) {
        let sequence = bytes(text)
        var validator = UTF8Validator()
        let good = validator.consume(sequence.span.extracting(first: index))
        let bad = validator.consume(sequence.span.extracting(index..<index + 1))
        #expect(good && !bad)
    }

    @Test func isIncompleteInsideACharacter() {
        let face: [UInt8] = [0xF0, 0x9F, 0x98, 0x80]
        var validator = UTF8Validator()
        var complete: [Bool] = []
        for byte in face {
            guard validator.consume([byte].span) else { break }
            complete.append(validator.isComplete)
        }
        #expect(complete == [false, false, false, true])
    }

    private func agrees(_ sequence: [UInt8]) -> Bool {
        let expected = String(validating: sequence, as: UTF8.self) != nil
        var whole = UTF8Validator()
        let isWhole = whole.consume(sequence.span) && whole.isComplete
        var single = UTF8Validator()
        let isSingle = sequence.allSatisfy { single.consume([$0].span) } && single.isComplete
        return isWhole == expected && isSingle == expected
    }
}

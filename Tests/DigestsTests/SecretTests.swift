// SPDX-License-Identifier: Apache-2.0
import Digests
import Testing

@Suite struct SecretTests {
    @Test(arguments: [
        ("", "", true), ("a", "", false), ("secret", "secret", true), ("secret", "secreT", false),
        ("Secret", "secret", false), ("secret", "secret ", false), ("\u{E9}", "e\u{301}", false),
    ])
    func comparesBytes(first: String, second: String, expected: Bool) {
        #expect(ConstantTime.equal(first, second) == expected)
        #expect(ConstantTime.equal(Array(first.utf8), Array(second.utf8)) == expected)
    }

    @Test(arguments: [0, 1, 16, 4096])
    func makesAsManyRandomBytesAsAsked(count: Int) throws {
        #expect(try SecureRandom.bytes(count).count == count)
    }

    @Test func randomBytesDiffer() throws {
        #expect(try SecureRandom.bytes(32) != SecureRandom.bytes(32))
    }

    @Test func refusesANegativeCount() {
        #expect(throws: DigestError.self) { try SecureRandom.bytes(-1) }
    }
}

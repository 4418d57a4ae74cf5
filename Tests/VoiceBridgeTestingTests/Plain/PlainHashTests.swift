// SPDX-License-Identifier: Apache-2.0
import Testing
import VoiceBridgeTesting

/// The simulator's hashes give what the standards print.
@Suite struct PlainHashTests {
    private static func hexadecimal(_ bytes: [UInt8]) -> String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    /// FIPS 180-4's examples, and a message longer than a block with its length across the border of one.
    @Test(arguments: [
        ("abc", "a9993e364706816aba3e25717850c26c9cd0d89d"), ("", "da39a3ee5e6b4b0d3255bfef95601890afd80709"),
        (
            "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", "84983e441c3bd26ebaae4aa1f95129e5e54670f1"
        ),
    ])
    func `SHA-1`(message: String, digest: String) {
        #expect(Self.hexadecimal(PlainSHA1.digest(Array(message.utf8))) == digest)
    }

    @Test(arguments: [
        ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        (
            "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
        ),
    ])
    func `SHA-256`(message: String, digest: String) {
        #expect(Self.hexadecimal(PlainSHA256.digest(Array(message.utf8))) == digest)
    }

    /// RFC 2202 §3 and RFC 4231 §4.3 and §4.7: a short key, and one longer than a block.
    @Test func `keyed codes`() {
        let question = Array("what do ya want for nothing?".utf8)
        let key = Array("Jefe".utf8)
        #expect(
            Self.hexadecimal(PlainHash.code(question, key: key, PlainSHA1.digest))
                == "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79"
        )
        #expect(
            Self.hexadecimal(PlainHash.code(question, key: key, PlainSHA256.digest))
                == "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
        )
        let long = Array("Test Using Larger Than Block-Size Key - Hash Key First".utf8)
        #expect(
            Self.hexadecimal(PlainHash.code(long, key: [UInt8](repeating: 0xAA, count: 80), PlainSHA1.digest))
                == "aa4ae5e15272d00e95705637ce8a3b55ed402112"
        )
        #expect(
            Self.hexadecimal(PlainHash.code(long, key: [UInt8](repeating: 0xAA, count: 131), PlainSHA256.digest))
                == "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
        )
    }
}

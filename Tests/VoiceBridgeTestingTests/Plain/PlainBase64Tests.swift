// SPDX-License-Identifier: Apache-2.0
import Testing
import VoiceBridgeTesting

@Suite struct PlainBase64Tests {
    /// RFC 4648 §10, and the two last characters of the alphabet.
    static let vectors: [([UInt8], String)] = [
        ([], ""), (Array("f".utf8), "Zg=="), (Array("fo".utf8), "Zm8="), (Array("foo".utf8), "Zm9v"),
        (Array("foob".utf8), "Zm9vYg=="), (Array("fooba".utf8), "Zm9vYmE="), (Array("foobar".utf8), "Zm9vYmFy"),
        ([0xFB, 0xFF, 0xBF], "+/+/"),
    ]

    @Test(arguments: vectors)
    func `both ways`(bytes: [UInt8], text: String) {
        #expect(PlainBase64.encode(bytes) == text)
        #expect(PlainBase64.decode(text) == bytes)
    }

    @Test(arguments: ["Z", "Zg", "Zg=", "Zg===", "Z===", "====", "Zh==", "Zm9=", "-_-_", "Zm9v\n", "Zm 9", "Zg==Zg=="])
    func `anything else is refused`(text: String) {
        #expect(PlainBase64.decode(text) == nil)
    }
}

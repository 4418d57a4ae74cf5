// SPDX-License-Identifier: Apache-2.0

import CallModel
import PlatformAPIs
import Testing

@Suite("Signatures of webhooks") struct BodySignatureTests {
    /// RFC 4231 §4.3.
    private let signature = BodySignature(key: Secret("Jefe"))
    private let body = Array("what do ya want for nothing?".utf8)

    @Test(
        "Are read in each way they are written",
        arguments: [
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
            "5BDCC146BF60754E6A042426089575C75A003F089D2739839DEC58B964EC3843",
            "sha256=5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
            "W9zBRr9gdU5qBCQmCJV1x1oAPwidJzmDnexYuWTsOEM=",
        ]
    )
    func right(text: String) { #expect(signature.isRight(text, of: body)) }

    @Test(
        "Are refused when they are another's, or none",
        arguments: [nil, "", "sha256=", "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3842"]
    )
    func wrong(text: String?) { #expect(!signature.isRight(text, of: body)) }

    @Test("Are of the body to the last byte")
    func lastByte() {
        let text = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
        #expect(!signature.isRight(text, of: body + [0]))
    }
}

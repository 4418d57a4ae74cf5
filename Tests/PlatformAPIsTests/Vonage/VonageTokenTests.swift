// SPDX-License-Identifier: Apache-2.0

import CallModel
import Digests
import PlatformAPIs
import TestSupport
import Testing

@Suite("Vonage's tokens") struct VonageTokenTests {
    @Test("Are those of RFC 7519, signed with the application's key")
    func signed() throws {
        let key = try #require(ThrowawayKey())
        let token = try VonageToken(application: "aaaa-bbbb", key: Secret(key.pem)).make(now: 1_700_000_000, id: "j1")
        let parts = token.reveal().split(separator: ".").map(String.init)
        try #require(parts.count == 3)
        // {"alg":"RS256","typ":"JWT"}
        #expect(parts[0] == "eyJhbGciOiJSUzI1NiIsInR5cCI6IkpXVCJ9")
        // {"application_id":"aaaa-bbbb","exp":1700000300,"iat":1700000000,"jti":"j1"}
        let claims =
            "eyJhcHBsaWNhdGlvbl9pZCI6ImFhYWEtYmJiYiIsImV4cCI6MTcwMDAwMDMwMCwiaWF0IjoxNzAwMDAwMDAwLCJqdGkiOiJqMSJ9"
        #expect(parts[1] == claims)
        let signature = try #require(PlainBase64.decode(Array(parts[2].utf8)))
        #expect(key.verifies(signature, of: Array("\(parts[0]).\(parts[1])".utf8)))
        #expect(!key.verifies(signature, of: Array("\(parts[0]).\(parts[1])x".utf8)))
        #expect(try #require(ThrowawayKey()).verifies(signature, of: Array("\(parts[0]).\(parts[1])".utf8)) == false)
    }

    @Test(
        "Need a key that is one",
        arguments: ["", "x", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"]
    )
    func noKey(pem: String) {
        let token = VonageToken(application: "a", key: Secret(pem))
        #expect(throws: DigestError.self) { try token.make(now: 0, id: "1") }
    }
}

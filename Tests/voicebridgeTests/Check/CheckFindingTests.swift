// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import voicebridge

/// What the answers to a check come to.
@Suite struct CheckFindingTests {
    @Test(
        arguments: [
            (CheckedPlatform.twilio, 401, 101, nil, true, "get in, others do not"),
            (.twilio, 101, 101, nil, false, "anybody gets in"),
            (.pathToken, 101, 404, nil, false, "anybody gets in"),
            (.twilio, 401, 401, nil, false, "`X-Twilio-Signature` does not arrive"),
            (.plivo, 401, 401, nil, false, "`X-Plivo-Signature-V3` does not arrive"),
            (.pathToken, 401, 401, nil, false, "no token arrives"),
            (.twilio, 401, 403, nil, false, "compare the secret, and `listen.public_url`"),
            (.twilio, 401, 403, "ws", false, "only a signature under ws://"),
            (.pathToken, 401, 403, nil, false, "compare the secret, `path`, and the clocks"),
            (.twilio, 404, 404, nil, false, "no route has this path"),
            (.twilio, 301, 301, nil, false, "a proxy redirects (301)"),
            (.twilio, 400, 400, nil, false, "`Upgrade` and `Connection`"),
            (.twilio, 502, 502, nil, false, "a proxy does not reach the server (502)"),
            (.twilio, 401, 503, nil, false, "no calls are taken at present"),
            (.twilio, 200, 200, nil, false, "the answer is 200"),
        ] as [(CheckedPlatform, Int, Int, String?, Bool, String)]
    )
    func `Each answer has its cause`(
        platform: CheckedPlatform,
        bare: Int,
        shown: Int,
        scheme: String?,
        isGood: Bool,
        words: String
    ) {
        let finding = CheckFinding(platform, bare: bare, shown: shown, otherScheme: scheme)
        #expect(finding.isGood == isGood)
        #expect(finding.text.contains(words))
    }

    /// Signatures made with Python's `hmac`, not by this code.
    @Test func `A request is signed as the platform signs it`() throws {
        let url = "wss://bot.example.net/v1/twilio"
        let twilio = try CheckedPlatform.twilio.request(to: url, signing: url, secret: "12345", nonce: "", now: 0)
        #expect(twilio.url == url)
        #expect(twilio.fields.map(\.name) == ["X-Twilio-Signature"])
        #expect(twilio.fields.map(\.value) == ["/29Ka0LgJZNEuwiOrXvy6kljN54="])
        let other = "wss://bot.example.net/v1/plivo"
        let plivo = try CheckedPlatform.plivo.request(
            to: other,
            signing: other,
            secret: "MA-token",
            nonce: "12345",
            now: 0
        )
        #expect(plivo.fields.map(\.name) == ["X-Plivo-Signature-V3", "X-Plivo-Signature-V3-Nonce"])
        #expect(plivo.fields.map(\.value) == ["P2uakCDOfZYVphTbQKLaA+QgH2BTMOEGIHF+BtUJ1io=", "12345"])
    }

    @Test(arguments: [
        ("wss://a.example", "/", "wss://a.example/x"),
        ("wss://a.example/", "/", "wss://a.example/x"),
        ("wss://a.example?q=1", "/", "wss://a.example/x?q=1"),
        ("wss://a.example/v1/b?q=/1", "/v1/b", "wss://a.example/v1/b/x?q=/1"),
    ])
    func `A token goes behind the path`(url: String, path: String, whole: String) {
        #expect(CheckRequest.path(of: url) == path)
        #expect(CheckRequest.adding("x", toPathOf: url) == whole)
    }
}

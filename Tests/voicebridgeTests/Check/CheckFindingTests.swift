// SPDX-License-Identifier: Apache-2.0
import CallModel
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
            (.twilio, 401, 403, .scheme("ws"), false, "only a signature under ws://"),
            (.genesys, 401, 403, nil, false, "neither scheme, path nor query is why"),
            (.basic, 401, 403, nil, false, "the credentials are refused"),
            (.genesys, 401, 401, .dropped("Signature"), false, "`Signature` does not arrive"),
            (.genesys, 401, 403, .strippedPath("/a"), false, "takes `/a` off the path; give it to `listen.public_url`"),
            (.pathToken, 401, 403, .strippedPath("/a"), false, "make tokens for the path that the route has"),
            (.twilio, 404, 404, .strippedPath("/a"), false, "the route has it; take it off `path` too"),
            (.twilio, 404, 404, .extraPath("/a"), false, "has no `/a`, which arrives with the request"),
            (.plivo, 401, 403, .droppedQuery, false, "the query does not arrive"),
            (.plivo, 401, 403, .changedQuery, false, "otherwise than it was sent"),
            (.plivo, 101, 101, .changedQuery, false, "anybody gets in"),
            (.pathToken, 401, 403, nil, false, "compare the secret, `path`, and the clocks"),
            (.twilio, 404, 404, nil, false, "no route has this path"),
            (.twilio, 301, 301, nil, false, "a proxy redirects (301)"),
            (.twilio, 400, 400, nil, false, "`Upgrade` and `Connection`"),
            (.twilio, 502, 502, nil, false, "a proxy does not reach the server (502)"),
            (.twilio, 401, 503, nil, false, "no calls are taken at present"),
            (.twilio, 200, 200, nil, false, "the answer is 200"),
        ] as [(CheckedPlatform, Int, Int, ProxyFault?, Bool, String)]
    )
    func `Each answer has its cause`(
        platform: CheckedPlatform,
        bare: Int,
        shown: Int,
        fault: ProxyFault?,
        isGood: Bool,
        words: String
    ) {
        let finding = CheckFinding(platform, bare: bare, shown: shown, fault)
        #expect(finding.isGood == isGood)
        #expect(finding.text.contains(words))
    }

    /// Signatures made with Python's `hmac`, not by this code.
    @Test func `A request is signed as the platform signs it`() throws {
        let url = "wss://bot.example.net/v1/twilio"
        func request(_ platform: CheckedPlatform, _ url: String, _ credentials: CheckCredentials) throws -> CheckRequest
        {
            try platform.request(to: url, signing: url, credentials, nonce: "12345", now: 0)
        }
        let twilio = try request(.twilio, url, CheckCredentials(secret: Secret("12345")))
        #expect(twilio.url == url)
        #expect(twilio.fields.map(\.name) == ["X-Twilio-Signature"])
        #expect(twilio.fields.map(\.value) == ["/29Ka0LgJZNEuwiOrXvy6kljN54="])
        let basic = try request(.basic, url, CheckCredentials(secret: Secret("open sesame"), user: "Aladdin"))
        #expect(basic.fields.map(\.value) == ["Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ=="])
        let header = try request(.header, url, CheckCredentials(secret: Secret("k"), field: "X-Key"))
        #expect(header.fields.map { "\($0.name): \($0.value)" } == ["X-Key: k"])
        let query = try request(.queryToken, url + "?a=b", CheckCredentials(secret: Secret("a&/é")))
        #expect(query.url == url + "?a=b&token=a%26%2F%C3%A9")
        let other = "wss://bot.example.net/v1/plivo"
        let plivo = try request(.plivo, other, CheckCredentials(secret: Secret("MA-token")))
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

    @Test(arguments: [
        ("wss://A.example:443/v1?q", "a.example", "/v1?q"), ("ws://a.example:80", "a.example", "/"),
        ("wss://a.example:80?q", "a.example:80", "/?q"), ("wss://[::1]:8443/", "[::1]:8443", "/"),
    ])
    func `A URL has an authority and a target`(url: String, authority: String, target: String) {
        #expect(CheckRequest.authority(of: url) == authority)
        #expect(CheckRequest.target(of: url) == target)
    }

    @Test func `A path is cut at its slashes`() {
        let cuts = CheckRequest.cuts(of: "/a/b/c/")
        #expect(cuts.map(\.front) == ["/a", "/a/b"])
        #expect(cuts.map(\.rest) == ["/b/c/", "/c/"])
        #expect(CheckRequest.cuts(of: "/").isEmpty)
    }
}

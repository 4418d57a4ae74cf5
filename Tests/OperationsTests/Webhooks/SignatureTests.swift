// SPDX-License-Identifier: Apache-2.0
import BridgeConfiguration
import CallModel
import Testing

@testable import Operations

/// Bodies and their signatures; the codes were computed by Python's `hmac`.
@Suite struct SignatureTests {
    private static let secret = "correct horse battery staple"
    private static let body =
        #"{"type":"call.ended","event_id":"00112233445566778899aabbccddeeff","event_at":"2026-03-01T09:05:07.250Z","#
        + #""hook_hash":"crm","try":2,"data":{"call_id":"CA1"}}"#
    private static let time: Int64 = 1_767_225_600
    private static let code256 = "66892d361fc0c70efecf81ef1d32bdea5e391b61ada79765bbab21fcf94ee060"
    private static let code512 =
        "8310fea637c7872e3bfa4ca2b114aa69608793161fe9be5bb37c25b12dd7edbf"
        + "02c03fca6cacd608bd0a9823c5c1f7a56d6ea5b51942bc3d15cec05bebd32c7d"

    private static func signature(
        _ secret: String = secret,
        _ algorithm: WebhookEndpoint.Algorithm = .sha256
    ) -> WebhookSignature {
        WebhookSignature(secret: Secret(secret), algorithm: algorithm)
    }

    @Test func `A body has the members of its envelope in one order`() {
        let body = WebhookBody(
            type: "call.ended",
            eventID: "00112233445566778899aabbccddeeff",
            time: 1_772_355_907_250,
            hook: "crm",
            attempt: 2,
            data: Array(#"{"call_id":"CA1"}"#.utf8)
        )
        #expect(String(decoding: body.bytes, as: UTF8.self) == Self.body)
    }

    @Test(arguments: [
        (WebhookEndpoint.Algorithm.sha256, "t=1767225600,sha256=\(code256)"),
        (.sha512, "t=1767225600,sha512=\(code512)"),
    ])
    func `A signature is what Python computes`(algorithm: WebhookEndpoint.Algorithm, expected: String) throws {
        let signature = Self.signature(Self.secret, algorithm)
        #expect(try signature.sign(Array(Self.body.utf8), at: Self.time) == expected)
        #expect(signature.isRight(expected, of: Array(Self.body.utf8), now: Self.time))
    }

    @Test func `A secret counts by its UTF-8, and a body may be empty`() throws {
        let expected = "t=0,sha256=9bb16d869dc37797fc8f7fd10c058c4754a32ac977dcc733a247b4eba052fbca"
        #expect(try Self.signature("schlüssel-mit-ümlaut").sign([], at: 0) == expected)
    }

    @Test(arguments: [
        ("t=1767225600,sha256=\(code256)", true), ("sha256=\(code256),t=1767225600", true),
        ("t=1767225600,sha256=\(code256.uppercased())", true), ("t=1767225601,sha256=\(code256)", false),
        ("t=1767225600,sha256=\(code256.dropLast())", false), ("t=1767225600,sha512=\(code512)", false),
        ("t=1767225600", false), ("sha256=\(code256)", false), ("", false), ("t=,sha256=", false),
        ("t=99999999999999999999,sha256=\(code256)", false), ("t=-9223372036854775808,sha256=\(code256)", false),
        ("t=01767225600,sha256=\(code256)", false),
    ])
    func `Only the right signature counts`(value: String, isRight: Bool) {
        #expect(Self.signature().isRight(value, of: Array(Self.body.utf8), now: Self.time) == isRight)
    }

    @Test(arguments: [(0, true), (300, true), (-300, true), (301, false), (-301, false), (86_400, false)])
    func `One that is too old or comes from the future does not`(offset: Int64, isRight: Bool) {
        let value = "t=\(Self.time),sha256=\(Self.code256)"
        #expect(Self.signature().isRight(value, of: Array(Self.body.utf8), now: Self.time + offset) == isRight)
    }

    @Test func `A wrong secret, a changed body and another time are told apart`() {
        let value = "t=\(Self.time),sha256=\(Self.code256)"
        let body = Array(Self.body.utf8)
        #expect(!Self.signature("correct horse battery stapler").isRight(value, of: body, now: Self.time))
        for index in body.indices {
            var changed = body
            changed[index] ^= 1
            #expect(!Self.signature().isRight(value, of: changed, now: Self.time))
        }
    }
}

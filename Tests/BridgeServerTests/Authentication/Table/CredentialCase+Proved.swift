// SPDX-License-Identifier: Apache-2.0

// Message signatures, tokens of one call, addresses and certificates.
extension CredentialCase {
    private static let covered =
        "\"@request-target\" \"@authority\" \"audiohook-organization-id\" \"audiohook-session-id\" "
        + "\"audiohook-correlation-id\" \"x-api-key\""
    private static let apiKey = Kind.genesys.secrets[0]

    /// The first sample of Genesys' page "AudioHook security", with other values, and without fields.
    private static func sample(_ changes: KeyValuePairs<String, String?> = [:]) -> [String] {
        var fields = [
            (name: "Audiohook-Organization-Id", value: "d7934305-0972-4844-938e-9060eef73d05"),
            (name: "Audiohook-Session-Id", value: "30b0e395-84d3-4570-ac13-9a62d8f514c0"),
            (name: "Audiohook-Correlation-Id", value: "e160e428-53e2-487c-977d-96989bf5c99d"),
            (name: "X-API-KEY", value: apiKey),
            (name: "Signature", value: "sig1=:NZBwyBHRRyRoeLqy1IzOa9VYBuI8TgMFt2GRDkDuJh4=:"),
            (
                name: "Signature-Input",
                value: "sig1=(\(covered));keyid=\"\(apiKey)\";nonce=\"VGhpc0lzQVVuaXF1ZU5vbmNl\";"
                    + "alg=\"hmac-sha256\";created=1641013200;expires=3282026430"
            ),
        ]
        for (name, value) in changes {
            fields.removeAll { $0.name == name }
            if let value { fields.append((name, value)) }
        }
        return fields.map { "\($0.name): \($0.value)" }
    }

    private static let other = "sig1=:MZBwyBHRRyRoeLqy1IzOa9VYBuI8TgMFt2GRDkDuJh4=:"
    private static let behind = Kind.genesys.path

    static let genesyses =
        [
            CredentialCase(.genesys, .right, "the sample of the document", sample(), 101),
            CredentialCase(
                .genesys,
                .right,
                "with the port",
                sample(),
                publicURL: "wss://audiohook.example.com:443",
                101
            ),
            CredentialCase(.genesys, .replayed, "its nonce again", sample(), 101, 403),
            CredentialCase(.genesys, .late, "in its last second", sample(), now: 1_641_013_210, 101),
            CredentialCase(.genesys, .late, "a second later", sample(), now: 1_641_013_211, 403),
            CredentialCase(.genesys, .late, "a clock that is ahead", sample(), now: 1_641_013_197, 101),
            CredentialCase(.genesys, .late, "a clock that is far ahead", sample(), now: 1_641_013_196, 403),
            CredentialCase(.genesys, .unsigned, "nothing", [], 401),
            CredentialCase(.genesys, .wrong, "another signature", sample(["Signature": other]), 403),
            CredentialCase(.genesys, .wrong, "another key", sample(["X-API-KEY": "SGVsbG8sIEkgYW0"]), 403),
            CredentialCase(
                .genesys,
                .wrong,
                "another session",
                sample(["Audiohook-Session-Id": "30b0e395-84d3-4570-ac13-9a62d8f514c1"]),
                403
            ),
            CredentialCase(.genesys, .wrong, "a query that was not signed", sample(), target: behind + "?a=b", 403),
            CredentialCase(.genesys, .wrong, "another host", sample(), publicURL: "wss://bot.example.net", 403),
            CredentialCase(.genesys, .proxied, "another host", sample() + ["Host: 10.0.0.1:8080"], 101),
            CredentialCase(
                .genesys,
                .proxied,
                "a prefix is stripped that the public URL has not",
                sample(["Signature": "sig1=:NZBwyBHRRyRoeLqy1IzOa9VYBuI8TgMFt2GRDkDuJh4=:"]),
                target: "/v1/bot",
                demands: nil,
                404
            ),
        ]
        + [
            "Signature", "Signature-Input", "X-API-KEY", "Audiohook-Organization-Id", "Audiohook-Session-Id",
            "Audiohook-Correlation-Id",
        ].map { CredentialCase(.genesys, .proxied, "\($0) is dropped", sample([$0: nil]), 401) }

    private static let nonce = "00112233445566778899aabbccddeeff"
    private static let token =
        "/v1/bot/1700000300.\(nonce).f544814690c9322a92a8fb262fd8f7e8bf7b8b4fd4091586dd1831ff8484be93"
    private static let forOther =
        "/v1/bot/1700000300.\(nonce).a00299a8b69accda99ab99268b03218de6c770b6d7a21f071fb9853408dd4616"
    private static let byOther =
        "/v1/bot/1700000300.\(nonce).878324ffe32d571f4063bde4e0b63b8f321697f27aa79600b7a2e4d0c6cad956"
    private static let forLong =
        "/v1/bot/1700000301.\(nonce).7e086d07bf13223363f4dd45a12c1b70f23d2cdcdb7b02b6fba7cb4dd497338c"

    static let pathTokens = [
        CredentialCase(.pathToken, .right, "made by the rule", target: token, 101),
        CredentialCase(.pathToken, .right, "with a query", target: token + "?a=b", 101),
        CredentialCase(.pathToken, .replayed, "again", target: token, 101, 403, 403),
        CredentialCase(.pathToken, .late, "in its last second", target: token, now: 1_700_000_299, 101),
        CredentialCase(.pathToken, .late, "a second later", target: token, now: 1_700_000_300, 403),
        CredentialCase(.pathToken, .late, "good for too long", target: forLong, 403),
        CredentialCase(.pathToken, .unsigned, "nothing", [], 401),
        CredentialCase(.pathToken, .unsigned, "only a slash", target: "/v1/bot/", 401),
        CredentialCase(.pathToken, .unsigned, "in the query", target: "/v1/bot?token=\(nonce)", 401),
        CredentialCase(.pathToken, .wrong, "no token", target: "/v1/bot/abcdefgh", 403),
        CredentialCase(.pathToken, .wrong, "for another path", target: forOther, 403),
        CredentialCase(.pathToken, .wrong, "by another secret", target: byOther, 403),
        CredentialCase(.pathToken, .wrong, "with more behind it", target: token + "/x", 404),
        CredentialCase(.pathToken, .proxied, "another host", ["Host: 10.0.0.1:8080"], target: token, 101),
        CredentialCase(.pathToken, .proxied, "cut off", ["Host: 10.0.0.1:8080"], target: "/v1/bot", 401),
        CredentialCase(.pathToken, .proxied, "a prefix is left", target: "/calls" + token, 404),
    ]

    /// The connection comes from 127.0.0.1, which is trusted as a proxy where a case does not say otherwise.
    static let addresses = [
        CredentialCase(.addresses, .right, "the connection's own", demands: "addresses: [127.0.0.0/8]", 101),
        CredentialCase(.addresses, .replayed, "again", demands: "addresses: [127.0.0.0/8]", 101, 101),
        CredentialCase(.addresses, .wrong, "another", demands: "addresses: [192.0.2.1]", 403),
        CredentialCase(.addresses, .proxied, "told by the proxy", ["X-Forwarded-For: 192.0.2.1"], 101),
        CredentialCase(.addresses, .proxied, "one of version 6", ["X-Forwarded-For: 2001:db8::1"], 101),
        CredentialCase(.addresses, .proxied, "told by two proxies", ["X-Forwarded-For: 192.0.2.1, 127.0.0.2"], 101),
        CredentialCase(.addresses, .proxied, "not told", [], 403),
        CredentialCase(.addresses, .proxied, "another", ["X-Forwarded-For: 198.51.100.1"], 403),
        CredentialCase(
            .addresses,
            .proxied,
            "written in by the caller",
            ["X-Forwarded-For: 192.0.2.1", "X-Forwarded-For: 198.51.100.1"],
            403
        ),
        CredentialCase(.addresses, .proxied, "no address", ["X-Forwarded-For: unknown"], 403),
    ]

    static let certificates = [
        CredentialCase(.clientCertificate, .right, "any", shown: .vouched, 101),
        CredentialCase(
            .clientCertificate,
            .right,
            "its subject",
            demands: "client_certificate: [\"CN=platform.test\"]",
            shown: .vouched,
            101
        ),
        CredentialCase(.clientCertificate, .replayed, "again", shown: .vouched, 101, 101),
        CredentialCase(.clientCertificate, .unsigned, "none", [], 401),
        CredentialCase(
            .clientCertificate,
            .wrong,
            "another subject",
            demands: "client_certificate: [\"CN=nobody\"]",
            shown: .vouched,
            403
        ),
        CredentialCase(.clientCertificate, .wrong, "nobody vouches for it", shown: .foreign, 0),
        CredentialCase(
            .clientCertificate,
            .proxied,
            "told in a field by a proxy that ends TLS",
            ["X-SSL-Client-S-DN: CN=platform.test"],
            401
        ),
    ]
}

// SPDX-License-Identifier: Apache-2.0

// Signatures of URLs.
extension CredentialCase {
    private static let proxy = ["Host: 127.0.0.1:8080", "X-Forwarded-Proto: https", "X-Forwarded-Host: evil.example"]

    /// `X-Twilio-Signature` by the URL that is signed.
    private static let twilioSigned = [
        "wss://bot.example.net/v1/bot": "UCpokK0IyfiXzZBxhp8GnH8acEw=",
        "wss://bot.example.net/v1/bot/": "ZbKvP8PmcHLaSFMuhUzFF4C6Ya8=",
        "wss://bot.example.net:443/v1/bot": "Zx86VB0jmITnB45q/kFEUiBzwmg=",
        "wss://bot.example.net:443/v1/bot/": "lzyA7e1vB4tjC9AjS5cl2tXGQdA=",
        "wss://bot.example.net:8443/v1/bot": "cJjr/9CB5s9u6axcZO+62i+XoAo=",
        "wss://bot.example.net:8443/v1/bot/": "78TSk9zDwROqAbzLUR30calfK9M=",
        "wss://bot.example.net/calls/v1/bot": "P8iuKb74aDeh7dCR/quSCz0/NlM=",
        "wss://bot.example.net/v1/bot?a=b": "x03M5Si3qKJQkQnphbccOL2tqxM=",
        "https://bot.example.net/v1/bot": "dXHGLOcaS1qWlLef6CqNGicIvt4=",
        "wss://127.0.0.1:8080/v1/bot": "qFj23T79EIqYK4oIKkSkmR/rLxo=",
        "wss://evil.example/v1/bot": "s9llKNTw85MIe5Bnji/WasffsqE=",
        "wss://bot.example.net/v1/other": "GtUASo6ShkqTL1gLctYFBDecrMk=",
    ]

    private static func twilio(_ url: String) -> [String] { ["X-Twilio-Signature: \(twilioSigned[url] ?? "")"] }

    private static let bot = "wss://bot.example.net/v1/bot"

    /// Every way to write the URL's port and its end, in the configuration, the signature and the request.
    private static let twilioSpellings: [CredentialCase] = {
        let paths = ["/v1/bot", "/v1/bot/"]
        var cases: [CredentialCase] = []
        for configured in ["", "/", ":443", ":443/", ":8443", ":8443/"] {
            let port = configured.hasPrefix(":8443") ? ":8443" : ":443"
            for signed in [port, ""].flatMap({ port in paths.map { port + $0 } }) {
                for requested in paths {
                    cases.append(
                        CredentialCase(
                            .twilio,
                            .right,
                            "configured '\(configured)', signed \(signed), asked for \(requested)",
                            twilio("wss://bot.example.net" + signed),
                            target: requested,
                            publicURL: "wss://bot.example.net" + configured,
                            101
                        )
                    )
                }
            }
        }
        return cases
    }()

    static let twilios =
        twilioSpellings + [
            CredentialCase(.twilio, .right, "with a query", twilio(bot + "?a=b"), target: "/v1/bot?a=b", 101),
            CredentialCase(.twilio, .replayed, "the account is proved, not the call", twilio(bot), 101, 101),
            CredentialCase(.twilio, .unsigned, "nothing", [], 401),
            CredentialCase(.twilio, .unsigned, "a slash at the end", target: "/v1/bot/", 401),
            CredentialCase(.twilio, .wrong, "an empty signature", ["X-Twilio-Signature:"], 403),
            CredentialCase(.twilio, .wrong, "twice", twilio(bot) + twilio(bot), 403),
            CredentialCase(
                .twilio,
                .wrong,
                "another auth token",
                ["X-Twilio-Signature: 539rq7aymmUx2ltyTQNRyGquBtI="],
                403
            ),
            CredentialCase(.twilio, .wrong, "another path", twilio("wss://bot.example.net/v1/other"), 403),
            CredentialCase(.twilio, .wrong, "another host", twilio("wss://evil.example/v1/bot"), 403),
            CredentialCase(.twilio, .wrong, "another port", twilio("wss://bot.example.net:8443/v1/bot"), 403),
            CredentialCase(.twilio, .wrong, "a query that was not signed", twilio(bot), target: "/v1/bot?a=b", 403),
            CredentialCase(.twilio, .wrong, "two slashes at the end", twilio(bot), target: "/v1/bot//", 404),
            CredentialCase(.twilio, .proxied, "another host", twilio(bot) + proxy, 101),
            CredentialCase(
                .twilio,
                .proxied,
                "the proxy's scheme",
                twilio("https://bot.example.net/v1/bot") + proxy,
                403
            ),
            CredentialCase(.twilio, .proxied, "the proxy's host", twilio("wss://127.0.0.1:8080/v1/bot") + proxy, 403),
            CredentialCase(
                .twilio,
                .proxied,
                "the host that a caller claims",
                twilio("wss://evil.example/v1/bot") + proxy,
                403
            ),
            CredentialCase(
                .twilio,
                .proxied,
                "a prefix is stripped",
                twilio("wss://bot.example.net/calls/v1/bot"),
                publicURL: "wss://bot.example.net/calls",
                101
            ),
            CredentialCase(
                .twilio,
                .proxied,
                "a prefix is stripped that the public URL has not",
                twilio("wss://bot.example.net/calls/v1/bot"),
                403
            ),
            CredentialCase(.twilio, .proxied, "the query is dropped", twilio(bot + "?a=b"), 403),
            CredentialCase(.twilio, .proxied, "the signature is dropped", proxy, 401),
        ]

    /// `X-Plivo-Signature-V3` of a URL with the nonce `n0nce-12345`.
    private static let plivoSigned = [
        "wss://bot.example.net/v1/bot": "TQ4ia2BBUJsmLtp4wKQ+5r0eiJhPa2RRPHi7rbtEu2g=",
        "https://bot.example.net/v1/bot": "iUbbsgNqpr+lDAopzinw4gWYsVY24zC2G2WpQj7tVDw=",
        "wss://bot.example.net:443/v1/bot": "iKY06q/axTT5MkSqyLfH6vzccrzMRELRubGZYFuTlh8=",
        "wss://bot.example.net/v1/bot/": "7t5dAvMa+QU8rb/UeXBtsGEFsArjhh4wfhCBsKjA80Y=",
        "wss://bot.example.net/calls/v1/bot": "LKi2YDvW/KHKzkbvukHVu4FQ7rkycglKVmNgdxi3GCU=",
        "wss://127.0.0.1:8080/v1/bot": "b+5XypFzuQydY2B5SIGGYXdihUdszVzd4lq4MT3/KoI=",
        "wss://bot.example.net/v1/other": "PyRnkSsGA2mJ49JT8LgjBCROIs3OcE+djv3SyLVlN3c=",
        "wss://bot.example.net/v1/bot?a=b": "TkA5zDufVTyA0sjXhPSW/5/WVSJxhy+saEMzHzgwihA=",
    ]

    private static func plivo(_ url: String, nonce: String = "n0nce-12345") -> [String] {
        ["X-Plivo-Signature-V3: \(plivoSigned[url] ?? "")", "X-Plivo-Signature-V3-Nonce: \(nonce)"]
    }

    static let plivos =
        plivoSigned.keys.sorted().filter { $0.hasPrefix("wss://bot.example.net") }.compactMap {
            url -> CredentialCase? in
            guard !url.contains("other"), !url.contains("calls") else { return nil }
            let target = url.contains("?") ? "/v1/bot?a=b" : "/v1/bot"
            return CredentialCase(.plivo, .right, "signed \(url)", plivo(url), target: target, 101)
        } + [
            CredentialCase(.plivo, .right, "signed as https", plivo("https://bot.example.net/v1/bot"), 101),
            CredentialCase(
                .plivo,
                .right,
                "by the main account",
                [
                    "X-Plivo-Signature-Ma-V3: AAAA, TQ4ia2BBUJsmLtp4wKQ+5r0eiJhPa2RRPHi7rbtEu2g=",
                    "X-Plivo-Signature-V3-Nonce: n0nce-12345",
                ],
                101
            ),
            CredentialCase(.plivo, .replayed, "its nonce again", plivo(bot), 101, 403, 403),
            CredentialCase(.plivo, .unsigned, "nothing", [], 401),
            CredentialCase(.plivo, .unsigned, "no nonce", Array(plivo(bot).prefix(1)), 401),
            CredentialCase(.plivo, .unsigned, "only a nonce", Array(plivo(bot).suffix(1)), 401),
            CredentialCase(.plivo, .wrong, "another nonce", plivo(bot, nonce: "n0nce-67890"), 403),
            CredentialCase(.plivo, .wrong, "another path", plivo("wss://bot.example.net/v1/other"), 403),
            CredentialCase(
                .plivo,
                .wrong,
                "another auth token",
                [
                    "X-Plivo-Signature-V3: h4FF2ZZYQtU0OhVzc3IcyyP8xb93U/BaPhirsJ2d4+A=",
                    "X-Plivo-Signature-V3-Nonce: n0nce-12345",
                ],
                403
            ),
            CredentialCase(.plivo, .wrong, "a query that was not signed", plivo(bot), target: "/v1/bot?a=b", 403),
            CredentialCase(.plivo, .proxied, "another host", plivo(bot) + proxy, 101),
            CredentialCase(.plivo, .proxied, "the proxy's host", plivo("wss://127.0.0.1:8080/v1/bot") + proxy, 403),
            CredentialCase(
                .plivo,
                .proxied,
                "a prefix is stripped",
                plivo("wss://bot.example.net/calls/v1/bot"),
                publicURL: "wss://bot.example.net/calls",
                101
            ),
            CredentialCase(.plivo, .proxied, "a field is dropped", Array(plivo(bot).suffix(1)) + proxy, 401),
        ]
}

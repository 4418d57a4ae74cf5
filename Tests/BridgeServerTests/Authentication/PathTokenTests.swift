// SPDX-License-Identifier: Apache-2.0
import BridgeConfiguration
import CallModel
import Testing

@testable import BridgeServer

/// Tokens made with Python's `hmac`, not by this code.
@Suite struct PathTokenTests {
    private static let token = RouteAuthentication.Credential.pathToken(
        secret: Secret("p4th-s3cret"),
        lifetime: .seconds(300)
    )

    private static let good =
        "1700000300.00112233445566778899aabbccddeeff."
        + "f544814690c9322a92a8fb262fd8f7e8bf7b8b4fd4091586dd1831ff8484be93"
    private static let root =
        "1700000300.00112233445566778899aabbccddeeff."
        + "d148a85fdebbecea6902f32da93c274b7a5ad3e4f4665398dae47c5cfa4513d5"
    private static let other =
        "1700000300.00112233445566778899aabbccddeeff."
        + "a00299a8b69accda99ab99268b03218de6c770b6d7a21f071fb9853408dd4616"
    private static let wrong =
        "1700000300.00112233445566778899aabbccddeeff."
        + "878324ffe32d571f4063bde4e0b63b8f321697f27aa79600b7a2e4d0c6cad956"
    private static let earlier =
        "1700000299.00112233445566778899aabbccddeeff."
        + "f544814690c9322a92a8fb262fd8f7e8bf7b8b4fd4091586dd1831ff8484be93"
    private static let capitals =
        "1700000300.00112233445566778899AABBCCDDEEFF."
        + "F544814690C9322A92A8FB262FD8F7E8BF7B8B4FD4091586DD1831FF8484BE93"
    private static let far =
        "1700000301.00112233445566778899aabbccddeeff."
        + "7e086d07bf13223363f4dd45a12c1b70f23d2cdcdb7b02b6fba7cb4dd497338c"

    static let cases = [
        JudgedCase(
            "made by the rule",
            [token],
            [],
            requested: "/v1/bot/\(good)",
            is: .granted
        ),
        JudgedCase(
            "behind the root",
            [token],
            [],
            path: "/",
            requested: "/\(root)",
            is: .granted
        ),
        JudgedCase(
            "none",
            [token],
            [],
            is: .missing
        ),
        JudgedCase(
            "only a slash",
            [token],
            [],
            requested: "/v1/bot/",
            is: .missing
        ),
        JudgedCase(
            "no token",
            [token],
            [],
            requested: "/v1/bot/abc",
            is: .wrong
        ),
        JudgedCase(
            "for another path",
            [token],
            [],
            requested: "/v1/bot/\(other)",
            is: .wrong
        ),
        JudgedCase(
            "by another secret",
            [token],
            [],
            requested: "/v1/bot/\(wrong)",
            is: .wrong
        ),
        JudgedCase(
            "with another expiry written in",
            [token],
            [],
            requested: "/v1/bot/\(earlier)",
            is: .wrong
        ),
        JudgedCase(
            "in capitals",
            [token],
            [],
            requested: "/v1/bot/\(capitals)",
            is: .wrong
        ),
        JudgedCase(
            "with more behind it",
            [token],
            [],
            requested: "/v1/bot/\(good)/x",
            is: .wrong
        ),
        JudgedCase(
            "in its last second",
            [token],
            [],
            requested: "/v1/bot/\(good)",
            now: 1_700_000_299,
            is: .granted
        ),
        JudgedCase(
            "a second too late",
            [token],
            [],
            requested: "/v1/bot/\(good)",
            now: 1_700_000_300,
            is: .late
        ),
        JudgedCase(
            "good for too long",
            [token],
            [],
            requested: "/v1/bot/\(far)",
            is: .late
        ),
    ]

    @Test(arguments: cases)
    func `A token behind the path is judged by code and time`(wanted: JudgedCase) throws { try wanted.check() }

    @Test func `A token is good once`() throws {
        let judgement = try #require(Self.cases.first).judgement()
        let use = OneTimeUse(name: "path 00112233445566778899aabbccddeeff", until: 1_700_000_300)
        #expect(judgement == .granted(once: use))
    }

    @Test func `A token is made by the rule`() throws {
        let token = try PathToken(
            path: "/v1/bot",
            expires: 1_700_000_300,
            nonce: "00112233445566778899aabbccddeeff",
            secret: "p4th-s3cret"
        )
        #expect(token.text == Self.good)
        #expect(PathToken(parsing: token.text) == token)
    }
}

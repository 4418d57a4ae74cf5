// SPDX-License-Identifier: Apache-2.0
import CallModel
import TestSupport
import Testing

@testable import voicebridge

/// What `voicebridge check` says of proxies that break things, each a real one between two sockets.
@Suite struct CheckBehindProxyTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var name: String
        var platform: CheckedPlatform
        /// Path and query of the URL that the platform was given.
        var target = "/v1/bot"
        /// The route's path.
        var route = "/v1/bot"
        /// `listen.public_url`, with PORT for the proxy's.
        var publicURL = "ws://127.0.0.1:PORT"
        var secret = Case.secret
        var rewrite: RewritingProxy.Rewrite = { $0 }
        var isGood = false
        var words: String

        static let secret = "cHJveHktczNjcmV0"

        var testDescription: String { "\(platform.rawValue): \(name)" }

        var demands: String {
            switch platform {
            case .bearer: "bearer: \(Self.secret)"
            case .basic: "basic: {user: platform, password: \(Self.secret)}"
            case .header: "headers: {X-Key: \(Self.secret)}"
            case .queryToken: "query_token: \(Self.secret)"
            case .twilio: "twilio_signature: \(Self.secret)"
            case .plivo: "plivo_signature: \(Self.secret)"
            case .genesys: "genesys_signature: {api_key: k3y, client_secret: \(Self.secret)}"
            case .pathToken: "path_token: {secret: \(Self.secret)}"
            }
        }
    }

    private static func dropping(_ field: String) -> RewritingProxy.Rewrite {
        { lines in lines.filter { !$0.lowercased().hasPrefix(field.lowercased() + ":") } }
    }

    private static func setting(_ field: String, _ value: String) -> RewritingProxy.Rewrite {
        { lines in dropping(field)(lines) + ["\(field): \(value)"] }
    }

    private static func target(_ old: String, _ new: String) -> RewritingProxy.Rewrite {
        { lines in [lines[0].replacing(old, with: new)] + lines.dropFirst() }
    }

    private static let signing: [CheckedPlatform] = [.twilio, .plivo, .genesys]

    private static let untouched = CheckedPlatform.allCases.map {
        Case(name: "nothing is changed", platform: $0, isGood: true, words: "get in, others do not")
    }

    private static let hosts = CheckedPlatform.allCases.map {
        Case(
            name: "the host is rewritten",
            platform: $0,
            rewrite: setting("Host", "10.0.0.1:8080"),
            isGood: true,
            words: "get in, others do not"
        )
    }

    private static let secrets = CheckedPlatform.allCases.map {
        Case(name: "another secret", platform: $0, secret: "b3RoZXItczNjcmV0", words: "refused (403)")
    }

    private static let upgrades = CheckedPlatform.allCases.map {
        Case(
            name: "the upgrade is dropped",
            platform: $0,
            rewrite: dropping("Upgrade"),
            words: "does not arrive as an upgrade"
        )
    }

    private static let paths = signing.flatMap { platform in
        [
            Case(
                name: "a prefix is stripped",
                platform: platform,
                target: "/calls/v1/bot",
                rewrite: target("/calls", ""),
                words: "a proxy takes `/calls` off the path; give it to `listen.public_url`"
            ),
            Case(
                name: "a prefix is stripped that the public URL has",
                platform: platform,
                target: "/calls/v1/bot",
                publicURL: "ws://127.0.0.1:PORT/calls",
                rewrite: target("/calls", ""),
                isGood: true,
                words: "get in, others do not"
            ),
            Case(
                name: "a prefix is stripped that the route has",
                platform: platform,
                target: "/calls/v1/bot",
                route: "/calls/v1/bot",
                rewrite: target("GET /calls", "GET "),
                words: "a proxy takes `/calls` off the path, and the route has it"
            ),
            Case(
                name: "a prefix is left that the route has not",
                platform: platform,
                target: "/in/calls/v1/bot",
                words: "the route's path has no `/in/calls`"
            ),
            Case(
                name: "the query is dropped",
                platform: platform,
                target: "/v1/bot?a=b",
                rewrite: target("?a=b", ""),
                words: "the query does not arrive"
            ),
            Case(
                name: "the query is changed",
                platform: platform,
                target: "/v1/bot?a=b",
                rewrite: target("?a=b", "?a=b&via=proxy"),
                words: "the query arrives otherwise"
            ),
            Case(
                name: "another host in the public URL",
                platform: platform,
                publicURL: "ws://bot.example.net",
                words: "`listen.public_url`"
            ),
        ]
    }

    private static let schemes = [CheckedPlatform.twilio, .plivo].map {
        Case(
            name: "the scheme is lost",
            platform: $0,
            publicURL: "wss://127.0.0.1:PORT",
            words: "only a signature under wss:// is taken"
        )
    }

    private static let dropped = CheckedPlatform.allCases.flatMap { platform in
        platform.fields.map { field in
            Case(
                name: "\(field) is dropped",
                platform: platform,
                rewrite: dropping(field),
                words: "`\(field)` does not arrive (401)"
            )
        }
    }

    private static let others = [
        Case(name: "dropped", platform: .header, rewrite: dropping("X-Key"), words: "`X-Key` does not arrive (401)"),
        Case(
            name: "the query is dropped",
            platform: .queryToken,
            rewrite: { lines in [String(lines[0].prefix { $0 != "?" }) + " HTTP/1.1"] + lines.dropFirst() },
            words: "the query does not arrive"
        ),
        Case(
            name: "the proxy's own credentials",
            platform: .basic,
            rewrite: setting("Authorization", "Basic cHJveHk6cHJveHk="),
            words: "puts its own in their place"
        ),
        Case(
            name: "a prefix is stripped",
            platform: .pathToken,
            target: "/calls/v1/bot",
            rewrite: target("/calls", ""),
            words: "make tokens for the path that the route has"
        ),
        Case(
            name: "the token is cut off",
            platform: .pathToken,
            rewrite: { lines in ["GET /v1/bot HTTP/1.1"] + lines.dropFirst() },
            words: "no token arrives (401)"
        ),
        Case(
            name: "the scheme does not matter",
            platform: .genesys,
            publicURL: "wss://127.0.0.1:PORT",
            isGood: true,
            words: "get in, others do not"
        ),
    ]

    static let cases = untouched + hosts + secrets + upgrades + paths + schemes + dropped + others

    @Test(arguments: cases)
    func `What a proxy broke is told`(wanted: Case) async throws {
        let bot = TestBot.silent()
        try await RewritingProxy.run(wanted.rewrite) { proxyPort, pass in
            let publicURL = wanted.publicURL.replacing("PORT", with: "\(proxyPort)")
            let yaml = """
                listen: {port: 0, plain: true, public_url: "\(publicURL)"}
                admin: {port: 0}
                routes: [{path: \(wanted.route), authentication: {\(wanted.demands)}, config_api: false, bot: test}]
                """
            try await RunningServer.run(bot, yaml) { serving in
                pass(serving.port)
                let check = UpgradeCheck(
                    url: "ws://127.0.0.1:\(proxyPort)\(wanted.target)",
                    platform: wanted.platform,
                    credentials: CheckCredentials(
                        secret: Secret(wanted.secret),
                        user: "platform",
                        field: "X-Key",
                        apiKey: Secret("k3y")
                    )
                )
                let finding = try await check.finding()
                #expect(finding.text.contains(wanted.words), "\(finding.text)")
                #expect(finding.isGood == wanted.isGood)
                #expect(!finding.text.contains(wanted.secret))
                #expect(bot.runs.value.begun == 0)
            }
        }
    }

    @Test func `A route that asks for nothing is told`() async throws {
        try await RunningServer.run(TestBot.silent()) { serving in
            let url = "ws://127.0.0.1:\(serving.port)/v1/ivr-solutions"
            let credentials = CheckCredentials(secret: Secret("x"), apiKey: Secret("y"))
            for platform in CheckedPlatform.allCases where platform != .header {
                let check = UpgradeCheck(url: url, platform: platform, credentials: credentials)
                let finding = try await check.finding()
                #expect(!finding.isGood && finding.text.contains("anybody gets in"))
            }
        }
    }
}

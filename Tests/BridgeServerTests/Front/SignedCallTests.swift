// SPDX-License-Identifier: Apache-2.0
import BridgeServer
import CallModel
import TestSupport
import Testing
import VoiceBridge
import VoiceBridgeTesting

/// Whole calls over a socket from platforms that sign their request, with code that is not the server's.
@Suite struct SignedCallTests {
    /// A platform with what it signs with, and the same with a wrong secret.
    struct Signed: Sendable, CustomTestStringConvertible {
        let dialect: SimulatedDialect
        let demand: String
        let right: PlatformSignature
        let wrong: PlatformSignature
        var testDescription: String { dialect.rawValue }
    }

    private static let secret = "dGhlIGtleSBvZiB0aGUgcGxhdGZvcm0="

    static let platforms = [
        Signed(
            dialect: .twilio,
            demand: "twilio_signature: \(secret)",
            right: .twilio(authToken: Secret(secret)),
            wrong: .twilio(authToken: Secret("another"))
        ),
        Signed(
            dialect: .plivo,
            demand: "plivo_signature: \(secret)",
            right: .plivo(authToken: Secret(secret)),
            wrong: .plivo(authToken: Secret("another"))
        ),
        Signed(
            dialect: .genesys,
            demand: "genesys_signature: {api_key: the-key, client_secret: \(secret)}",
            right: .genesys(apiKey: Secret("the-key"), clientSecret: Secret(secret)),
            wrong: .genesys(apiKey: Secret("the-key"), clientSecret: Secret("YW5vdGhlcg=="))
        ),
    ]

    private static func yaml(_ signed: Signed) -> String {
        """
        listen: {port: 0, plain: true, public_url: "wss://bot.example.net"}
        admin: {port: 0}
        routes: [{authentication: {\(signed.demand)}, dialect: \(signed.dialect.rawValue), path: /in, bot: test}]
        """
    }

    /// Puts a call through; the status with which it was refused, if it was.
    private static func call(
        _ signed: Signed,
        _ signature: PlatformSignature?,
        url: String = "wss://bot.example.net/in",
        port: Int
    ) async -> (result: SimulatedCallResult?, status: Int?) {
        var configuration = SimulatedCallConfiguration(signed.dialect)
        configuration.duration = .milliseconds(300)
        var connection = SimulatedConnection()
        connection.signature = signature
        connection.signedURL = url
        do {
            let address = "ws://127.0.0.1:\(port)/in"
            return (try await SimulatedCall.run(url: address, configuration, connection: connection), nil)
        } catch {
            return (nil, error.status)
        }
    }

    @Test(arguments: platforms)
    func `A signed call is answered`(signed: Signed) async throws {
        let bot = TestBot { call in try await call.waitUntilEnded() }
        try await RunningServer.run(bot, Self.yaml(signed)) { serving in
            let call = await Self.call(signed, signed.right, port: serving.port)
            let result = try #require(call.result)
            #expect(result.endedAsTold)
            #expect(result.violations == [])
            let ended = try await serving.observed.ended()
            #expect(ended.map(\.reason.side) == [.caller])
        }
    }

    @Test(arguments: platforms)
    func `A call that is signed otherwise reaches no bot`(signed: Signed) async throws {
        let bot = TestBot { _ in Issue.record("the bot was started") }
        try await RunningServer.run(bot, Self.yaml(signed)) { serving in
            #expect(await Self.call(signed, signed.wrong, port: serving.port).status == 403)
            #expect(await Self.call(signed, nil, port: serving.port).status == 401)
            let other = "wss://bot.example.org/in"
            #expect(await Self.call(signed, signed.right, url: other, port: serving.port).status == 403)
        }
    }
}

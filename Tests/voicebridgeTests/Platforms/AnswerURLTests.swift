// SPDX-License-Identifier: Apache-2.0
import Bots
import BridgeConfiguration
import Logging
import Testing

@testable import voicebridge

/// Where Plivo is told to ask, out of the receivers of the file.
@Suite struct AnswerURLTests {
    static let start = "listen: {public_url: 'wss://bot.example.net:8443', plain: true}"

    @Test(arguments: [
        (start, "authentication: {addresses: [192.0.2.0/24]}", "https://bot.example.net:8443/v1/plivo/next"),
        (
            start, "authentication: {query_token: 's3cret&t0ken'}",
            "https://bot.example.net:8443/v1/plivo/next?token=s3cret%26t0ken"
        ),
        // A URL alone says no password.
        (start, "authentication: {basic: {user: u, password: p}}", nil),
        ("listen: {plain: true}", "authentication: {addresses: [192.0.2.0/24]}", nil),
    ])
    func `A receiver that a URL alone reaches is told`(listen: String, authentication: String, url: String?) throws {
        let configuration = try BridgeConfiguration.load(
            yaml: """
                \(listen)
                routes:
                  - authentication: {bearer: t0ken}
                receivers:
                  - {path: /v1/plivo/next, kind: plivo-transfer, \(authentication)}
                """,
            file: "test.yaml",
            bots: BuiltInBots.descriptions,
            dialects: BuiltInDialects.schemas,
            receivers: BuiltInReceivers.schemas,
            callControls: BuiltInCallControls.schemas,
            environment: [:],
            readFile: { _ in [] }
        )
        let services = PlatformServices(configuration, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        #expect(services.plivoAnswerURL == url)
    }
}

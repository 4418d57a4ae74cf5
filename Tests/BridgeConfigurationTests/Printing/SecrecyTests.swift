// SPDX-License-Identifier: Apache-2.0
import BridgeConfiguration
import CallModel
import Testing

@Suite("Secrets stay unseen")
struct SecrecyTests {
    private static let planted = "hunter2-planted"

    /// Good files with a secret in every place that takes one.
    static let good = [
        "routes: [{authentication: {bearer: \(planted)}}]",
        "routes: [{authentication: {bearer: \"${PLANTED}\", query_token: {environment: PLANTED}}}]",
        "routes: [{authentication: {headers: {X-Key: \(planted)}}, bot_options: {api_key: \(planted)}}]",
        "tenants: [{name: a}]\nroutes: [{tenants: {a: {bearer: \(planted)}}}]",
        """
        routes: [{authentication: {none: true}}]
        webhooks: {spool: s, endpoints: [{name: a, url: 'https://a.example', secret: \(planted)-and-more}]}
        """,
        """
        routes: [{authentication: {none: true}}]
        observability: {traces: {endpoint: 'https://a.example', headers: {Api-Key: \(planted)}}}
        """,
    ]

    @Test("not printed, described, reflected or dumped", arguments: good)
    func printed(_ yaml: String) throws {
        let configuration = try Fixture.load(yaml, environment: ["PLANTED": Self.planted])
        var dumped = ""
        dump(configuration, to: &dumped)
        let texts = [
            configuration.yaml(bots: Fixture.bots, dialects: Fixture.dialects), "\(configuration)",
            String(reflecting: configuration), dumped,
        ]
        #expect(texts.map { $0.contains(Self.planted) } == [false, false, false, false])
        #expect(texts.allSatisfy { $0.contains("(secret)") || $0.contains("Secret") })
    }

    /// Files in which a secret is wrong, or stands where it does not belong.
    static let bad = [
        "routes: [{authentication: {bearer: \(planted) x}}]",
        "routes: [{authentication: {bearer: {\(planted)}}}]",
        "routes: [{authentication: {bearer: [\(planted)]}}]",
        "routes: [{authentication: {bearer: {\(planted): x, file: \(planted)}}}]",
        "routes: [{authentication: {bearer: *\(planted)}}]",
        "routes: [{authentication: {bearer: *\(planted) x}}]",
        "routes: [{authentication: {bearer: \"\(planted)}}]",
        "routes: [{authentication: {bearer: '\(planted)$x'}}]",
        "routes: [{authentication: {bearer: @\(planted)}}]",
        "routes: [{authentication: {bearer: %\(planted)}}]",
        "routes: [{authentication: {headers: {X-Key: \"\(planted)\\n\"}}}]",
        "routes: [{authentication: {bearer: \"\(planted)é\"}}]",
        "routes: [{authentication: {query_token: \(planted)\n\n}}}]",
        "routes: [{authentication: {bearer: x}, bot_options: {api_key: \"\(planted)\\0\"}}]",
        "listen: {port: \"${PLANTED}\"}",
        "listen: {host: \"${PLANTED} \", tls: {certificate: \"${PLANTED}\", key: key.pem}}",
        "listen: {host: \"${PLANTED}\"}\nroutes: [{authentication: {none: true}}]",
        "routes: [{authentication: {bearer: x}, path: \"/${PLANTED}\"}, {authentication: {bearer: x}, path: \"/${PLANTED}\"}]",
        "logging: {level: \"${PLANTED}\", format: \"${NONE:-${PLANTED}}\"}",
        "webhooks: {spool: s, endpoints: [{name: a, url: 'https://a.example', secret: \(planted)}]}",
        "observability: {traces: {endpoint: 'https://a.example', headers: {Api-Key: \"\(planted)\\n\"}}}",
        "observability: {traces: {endpoint: \"https://a.example/?key=\(planted)\", sample: \"${PLANTED}\"}}",
        "limits: {calls: \"${PLANTED}\", start_timeout: \"${PLANTED}\", message_bytes: \"${PLANTED}\"}",
        "routes: [{bot: \"${PLANTED}\", path: \"${PLANTED}\", config_api: \"${PLANTED}\"}]",
    ]

    @Test("no fault tells one", arguments: bad)
    func faults(_ yaml: String) throws {
        let error = #expect(throws: ConfigurationError.self) {
            try Fixture.load(yaml, environment: ["PLANTED": Self.planted])
        }
        let found = try #require(error)
        #expect(!found.description.contains(Self.planted))
        #expect(!String(reflecting: found).contains(Self.planted))
    }
}

// SPDX-License-Identifier: Apache-2.0
import BridgeConfiguration
import CallModel
import CallSession
import Logging
import Testing

@testable import BridgeServer

/// Whose a call is, what it is held to, and who is told.
@Suite struct TenantTests {
    private static let shared = """
        listen: {port: 0, plain: true}
        admin: {port: 0}
        limits: {retry_after: 7s}
        tenants:
          - {name: acme, limits: {calls: 1}}
          - {name: other, limits: {calls: 1}}
        routes:
          - bot: test
            tenants: {acme: {bearer: acme-token}, other: {bearer: other-token}}
          - {path: /alone, tenant: acme, authentication: {query_token: alone}, bot: test}
        """

    private static func fields(_ token: String) -> [String] { ["Authorization: Bearer \(token)"] }

    private static func open(_ serving: RunningServer, _ token: String, call: String) async throws -> RawClient {
        try await RawClient.open(serving.port, fields: fields(token), following: Wire.start(call: call))
    }

    @Test
    func `A tenant is told by its credentials or its route, is refused alone, and is named wherever its calls are`()
        async throws
    {
        let lines = Watched<[String]>([])
        let logger = Logger(label: "test") { _ in LoggingTests.Keeper(lines: lines) }
        let bot = TestBot.silent()
        try await RunningServer.run(bot, Self.shared, logger: logger) { serving in
            let acme = try await Self.open(serving, "acme-token", call: "call-1")
            _ = try await serving.observed.log.wait("start") { $0.started.first?.tenant == "acme" ? true : nil }
            let more = try await RawClient.ask(serving.port, RawClient.request(adding: Self.fields("acme-token")))
            let elsewhere = try await RawClient.ask(
                serving.port,
                RawClient.request("GET /alone?token=alone HTTP/1.1")
            )
            for answer in [more, elsewhere] {
                #expect(answer?.status == 429 && answer?["Retry-After"] == "7")
            }
            let wrong = try await RawClient.ask(serving.port, RawClient.request(adding: Self.fields("no-token")))
            #expect(wrong?.status == 403)
            let none = try await RawClient.ask(serving.port, RawClient.request())
            #expect(none?.status == 401)
            // Another tenant's call may be called the same.
            let other = try await Self.open(serving, "other-token", call: "call-1")
            _ = try await serving.observed.log.wait("start") { $0.started.count == 2 ? true : nil }
            #expect(serving.server.refusals["too_many_calls_of_tenant"] == 2)
            let load = try await RawClient.ask(serving.adminPort, "GET /load HTTP/1.1\r\nHost: a\r\n\r\n")
            let text = try #require(load?.body)
            #expect(text.contains(#""tenants":[{"tenant":"acme","calls":1,"#))
            #expect(text.contains(#"{"tenant":"other","calls":1,"#))
            try await acme.drop()
            try await other.drop()
            try await serving.untilIdle()
        }
        let said = lines.value
        #expect(said.filter { $0.contains("refused") && $0.contains("tenant=acme") }.count == 2)
        for tenant in ["acme", "other"] {
            for event in ["call started", "call ended"] {
                let lines = said.filter { $0.contains(event) && $0.contains("tenant=\(tenant)") }
                #expect(lines.count == 1)
            }
        }
    }

    @Test func `A platform that sends faster than its tenant's share waits, and nothing it sent is lost`() async throws
    {
        let yaml = """
            listen: {port: 0, plain: true}
            admin: {port: 0}
            tenants: [{name: acme, limits: {cpu_percent: 20}}]
            routes: [{tenant: acme, authentication: {none: true}, bot: test}]
            """
        try await RunningServer.run(TestBot.silent(), yaml) { serving in
            let call = try await serving.call(following: Wire.start())
            let second = (0..<50).flatMap { _ in Wire.media([UInt8](repeating: 0, count: 320)) }
            for _ in 0..<20 { try await call.send(second) }
            try await call.send(Wire.stop)
            let ended = try await serving.observed.ended()[0]
            #expect(ended.summary.samplesReceived == 20 * 8_000)
            #expect(ended.reason.side == .caller)
            let load = try #require(serving.server.core.tenantLoads.load(of: "acme"))
            #expect(load.waitCount > 0)
            try await call.drop()
        }
    }
}

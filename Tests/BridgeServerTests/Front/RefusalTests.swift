// SPDX-License-Identifier: Apache-2.0
import BridgeConfiguration
import BridgeServer
import Testing
import VoiceBridge

/// What a request meets that is not a good upgrade, and what one meets when there is no room.
@Suite struct RefusalTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var name: String
        var request: String
        var status: Int
        var reason: String

        var testDescription: String { name }
    }

    static func fields(without name: String, adding more: [String] = []) -> [String] {
        RawClient.handshakeFields.filter { !$0.hasPrefix(name + ":") } + more
    }

    static let cases = [
        Case(
            name: "unknown path",
            request: RawClient.request("GET /v1/other HTTP/1.1"),
            status: 404,
            reason: "unknown_path"
        ),
        Case(
            name: "path below a route",
            request: RawClient.request("GET /v1/ivr-solutions/ HTTP/1.1"),
            status: 404,
            reason: "unknown_path"
        ),
        Case(
            name: "plain GET",
            request: RawClient.request("GET /v1/ivr-solutions HTTP/1.1", ["Host: a"]),
            status: 426,
            reason: "bad_handshake"
        ),
        Case(
            name: "POST",
            request: RawClient.request("POST /v1/ivr-solutions HTTP/1.1"),
            status: 405,
            reason: "bad_handshake"
        ),
        Case(
            name: "HTTP/1.0",
            request: RawClient.request("GET /v1/ivr-solutions HTTP/1.0"),
            status: 505,
            reason: "bad_handshake"
        ),
        Case(
            name: "version 8",
            request: RawClient.request(
                "GET /v1/ivr-solutions HTTP/1.1",
                fields(without: "Sec-WebSocket-Version", adding: ["Sec-WebSocket-Version: 8"])
            ),
            status: 426,
            reason: "bad_handshake"
        ),
        Case(
            name: "no key",
            request: RawClient.request("GET /v1/ivr-solutions HTTP/1.1", fields(without: "Sec-WebSocket-Key")),
            status: 400,
            reason: "bad_handshake"
        ),
        Case(
            name: "short key",
            request: RawClient.request(
                "GET /v1/ivr-solutions HTTP/1.1",
                fields(without: "Sec-WebSocket-Key", adding: ["Sec-WebSocket-Key: c2hvcnQ="])
            ),
            status: 400,
            reason: "bad_handshake"
        ),
        Case(
            name: "body",
            request: RawClient.request(adding: ["Content-Length: 4"], body: "body"),
            status: 400,
            reason: "bad_handshake"
        ),
        Case(
            name: "no Upgrade in Connection",
            request: RawClient.request(
                "GET /v1/ivr-solutions HTTP/1.1",
                fields(without: "Connection", adding: ["Connection: keep-alive"])
            ),
            status: 400,
            reason: "bad_handshake"
        ),
        Case(name: "no HTTP", request: "\u{16}\u{03}\u{01} hello\r\n\r\n", status: 400, reason: "bad_http"),
    ]

    @Test(arguments: cases)
    func `What is no good upgrade is answered, closed and counted once`(wanted: Case) async throws {
        let bot = TestBot.silent()
        try await RunningServer.run(bot) { serving in
            let client = try await RawClient.connect(serving.port)
            try await client.send(wanted.request)
            let answer = try #require(try await client.answer())
            #expect(answer.status == wanted.status)
            #expect(answer["Connection"] == "close")
            if wanted.status == 426 {
                #expect(answer["Sec-WebSocket-Version"] == "13" && answer["Upgrade"] == "websocket")
            }
            try await client.untilClosed()
            try await serving.untilIdle()
            #expect(serving.observed.log.value.refused == [wanted.reason])
            #expect(bot.runs.value.begun == 0)
        }
    }

    @Test func `Requests behind a refused one are not looked at`() async throws {
        try await RunningServer.run(TestBot.silent()) { serving in
            let client = try await RawClient.connect(serving.port)
            let one = RawClient.request("GET /nowhere HTTP/1.1", ["Host: a"])
            try await client.send(String(repeating: one, count: 50))
            #expect(try await client.answer()?.status == 404)
            #expect(try await client.answer() == nil)
            try await serving.untilIdle()
            #expect(serving.observed.log.value.refused == ["unknown_path"])
        }
    }

    @Test(arguments: ["server", "route", "draining"])
    func `Where there is no room a platform is told when to come back`(limit: String) async throws {
        let bot = TestBot.silent()
        let change: (inout BridgeConfiguration) -> Void = { configuration in
            configuration.limits.retryAfter = .seconds(7)
            if limit == "server" { configuration.limits.calls = 1 }
            if limit == "route" { configuration.routes[0].limits.calls = 1 }
        }
        try await RunningServer.run(bot, change: change) { serving in
            let first = try await serving.call(following: Wire.start())
            _ = try await bot.runs.wait("bot") { $0.begun == 1 ? true : nil }
            if limit == "draining" { serving.server.stop() }
            let answer = try #require(try await RawClient.ask(serving.port, RawClient.request()))
            #expect(answer.status == 503)
            #expect(answer["Retry-After"] == "7")
            let reasons = ["server": "too_many_calls", "route": "too_many_calls_on_route", "draining": "draining"]
            #expect(try await serving.observed.refusal() == [try #require(reasons[limit])])
            try await first.send(Wire.stop)
            #expect(try await first.closeCode() == 1000)
            _ = try await serving.observed.ended()
            guard limit != "draining" else { return }
            try await serving.untilIdle()
            let next = try await serving.call(following: Wire.start() + Wire.stop)
            #expect(try await next.closeCode() == 1000)
        }
    }

    @Test func `A source has so many connections and no more`() async throws {
        try await RunningServer.run(TestBot.silent(), change: { $0.limits.connectionsPerSource = 2 }) { serving in
            let first = try await RawClient.connect(serving.port)
            let second = try await RawClient.connect(serving.port)
            try await serving.untilConnections(2)
            let third = try await RawClient.connect(serving.port)
            try await third.untilClosed()
            #expect(try await serving.observed.refusal() == ["too_many_connections"])
            try await first.drop()
            try await second.drop()
            try await serving.untilIdle()
            let fourth = try await serving.call(following: Wire.start() + Wire.stop)
            #expect(try await fourth.closeCode() == 1000)
        }
    }

    @Test(arguments: ["", "GET", "GET /v1/ivr-solutions HTTP/1.1\r\nHost: a\r\nX:"])
    func `A peer that takes its time loses its connection`(begun: String) async throws {
        try await RunningServer.run(TestBot.silent(), change: { $0.limits.handshakeTimeout = .milliseconds(60) }) {
            serving in
            let client = try await RawClient.connect(serving.port)
            if !begun.isEmpty { try await client.send(begun) }
            try await client.untilClosed()
            try await serving.untilIdle()
            #expect(serving.observed.log.value.refused == ["handshake_timeout"])
        }
    }

    @Test func `A head without end is refused`() async throws {
        try await RunningServer.run(TestBot.silent()) { serving in
            let client = try await RawClient.connect(serving.port)
            client.sendAnyway(Array("GET /v1/ivr-solutions HTTP/1.1\r\n".utf8))
            let field = Array(("X-Fill: " + String(repeating: "a", count: 8_000) + "\r\n").utf8)
            for _ in 0..<30 { client.sendAnyway(field) }
            try await client.untilClosed()
            try await serving.untilIdle()
            #expect(serving.observed.log.value.refused == ["request_too_large"])
        }
    }
}

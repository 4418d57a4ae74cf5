// SPDX-License-Identifier: Apache-2.0
import BridgeConfiguration
import BridgeServer
import CallSession
import Logging
import Testing
import VoiceBridge

/// How a server stops.
@Suite struct DrainTests {
    @Test func `New calls are refused, live ones end by themselves`() async throws {
        let bot = TestBot.silent()
        try await RunningServer.run(bot) { serving in
            #expect(try await Self.probe(serving, "/readyz") == "200 ready, 0 calls")
            let client = try await serving.call(following: Wire.start())
            _ = try await bot.runs.wait("bot") { $0.begun == 1 ? true : nil }
            serving.server.stop()
            serving.server.stop()
            #expect(try await Self.probe(serving, "/readyz") == "503 draining, 1 calls")
            #expect(try await Self.probe(serving, "/healthz") == "200 ok")
            #expect(try await RawClient.ask(serving.port, RawClient.request())?.status == 503)
            try await client.send(Wire.media([0, 0]) + RawFrame.make(0x89, [1]))
            #expect(try await client.frame() == RawFrame(first: 0x8A, payload: [1]))
            try await client.send(Wire.stop)
            #expect(try await client.closeCode() == 1000)
            #expect(try await serving.observed.ended()[0].reason.code == "stop")
        }
    }

    @Test func `At the deadline those that are left are hung up and closed with 1001`() async throws {
        let bot = TestBot.silent()
        try await RunningServer.run(bot, change: { $0.limits.drainDeadline = .milliseconds(50) }) { serving in
            let started = try await serving.call(following: Wire.start())
            let waiting = try await serving.call()
            _ = try await bot.runs.wait("bot") { $0.begun == 1 ? true : nil }
            serving.server.stop()
            #expect(try await waiting.closeCode() == 1001)
            #expect(try await started.frame()?.text == Wire.hangUp)
            try await started.send(Wire.stop)
            #expect(try await started.closeCode() == 1001)
            let reasons = try await serving.observed.ended(2).map(\.reason.code)
            #expect(reasons == ["shutdown", "shutdown"])
        }
    }

    @Test func `A full server is not ready`() async throws {
        try await RunningServer.run(TestBot.silent(), change: { $0.limits.calls = 1 }) { serving in
            let client = try await serving.call(following: Wire.start())
            #expect(try await Self.probe(serving, "/readyz") == "503 full, 1 calls")
            #expect(try await Self.probe(serving, "/healthz") == "200 ok")
            try await client.send(Wire.stop)
            #expect(try await client.closeCode() == 1000)
        }
    }

    @Test func `A server whose task is cancelled hangs up at once`() async throws {
        let bot = TestBot.silent()
        var bots = BotCatalogue()
        bots.register(BotDescription(name: "test", summary: "of a test")) { _ in bot }
        let configuration = try RunningServer.configuration { $0.limits.drainDeadline = .seconds(3_600) }
        let server = try BridgeServer(configuration: configuration, bots: bots, logger: Logger(label: "t"))
        let bound = Watched<Int?>(nil)
        let running = Task { try await server.run { addresses in bound.update { $0 = addresses.port } } }
        let client = try await RawClient.open(try await bound.wait("port") { $0 }, following: Wire.start())
        _ = try await bot.runs.wait("bot") { $0.begun == 1 ? true : nil }
        running.cancel()
        #expect(try await client.frame()?.text == Wire.hangUp)
        try await client.send(Wire.stop)
        #expect(try await client.closeCode() == 1001)
        try await running.value
    }

    @Test func `A bot that computes for ever does not hold up the end`() async throws {
        let gate = Watched(false)
        let bot = TestBot { _ in while !gate.value {} }
        try await RunningServer.run(bot, change: { $0.limits.overdueBotGrace = .milliseconds(10) }) { serving in
            let client = try await serving.call(following: Wire.start())
            _ = try await bot.runs.wait("bot") { $0.begun == 1 ? true : nil }
            try await client.send(Wire.stop)
            #expect(try await client.closeCode() == 1000)
            #expect(try await serving.observed.ended()[0].summary.isBotOverdue)
        }
        gate.update { $0 = true }
    }

    @Test func `A port that is taken is an error that says so, and leaves nothing running`() async throws {
        try await RunningServer.run(TestBot.silent()) { serving in
            var bots = BotCatalogue()
            bots.register(BotDescription(name: "test", summary: "of a test")) { _ in TestBot.silent() }
            for isAdmin in [false, true] {
                let configuration = try RunningServer.configuration { configuration in
                    if isAdmin {
                        configuration.admin.port = serving.adminPort
                    } else {
                        configuration.listen.port = serving.port
                    }
                }
                let second = try BridgeServer(configuration: configuration, bots: bots, logger: Logger(label: "t"))
                let error = await #expect(throws: BridgeServerError.self) { try await second.run() }
                let port = isAdmin ? serving.adminPort : serving.port
                let what = isAdmin ? "admin" : "listen"
                #expect(
                    error?.description.hasPrefix("\(what): cannot listen on 127.0.0.1 port \(port): ") == true
                        && error?.description.hasSuffix("; free the port or choose another") == true
                        && error?.description.contains("\n") == false
                )
            }
        }
    }

    @Test(arguments: [
        ("POST /healthz HTTP/1.1", 405), ("DELETE /readyz HTTP/1.1", 405), ("HEAD /healthz HTTP/1.1", 200),
        ("GET / HTTP/1.1", 404), ("GET /healthz?verbose HTTP/1.1", 200), ("GET /metrics HTTP/1.1", 404),
        ("GET /load HTTP/1.1", 200),
    ])
    func `The admin port answers probes and nothing else`(line: String, status: Int) async throws {
        try await RunningServer.run(TestBot.silent()) { serving in
            let client = try await RawClient.connect(serving.adminPort)
            try await client.send(RawClient.request(line, ["Host: a", "Connection: close"]))
            let head = line.hasPrefix("HEAD")
            let answer = try await client.take("answer") { bytes -> (Int, String?)? in
                if head {
                    // No body follows, whatever its length.
                    let text = String(decoding: bytes, as: UTF8.self)
                    return text.hasSuffix("\r\n\r\n") ? (text.hasPrefix("HTTP/1.1 200 ") ? 200 : 0, nil) : nil
                }
                return HTTPAnswer.take(&bytes).map { ($0.status, $0["Allow"]) }
            }
            #expect(answer?.0 == status)
            if status == 405 { #expect(answer?.1 == "GET, HEAD") }
            try await client.untilClosed()
        }
    }

    static func probe(_ serving: RunningServer, _ path: String) async throws -> String? {
        try await RawClient.ask(serving.adminPort, RawClient.request("GET \(path) HTTP/1.1", ["Host: a"]))
            .map { "\($0.status) \($0.body.dropLast())" }
    }
}

// SPDX-License-Identifier: Apache-2.0
import BridgeConfiguration
import CallModel
import Logging
import Testing
import VoiceBridge

@testable import BridgeServer

/// What new calls are served by, read anew while calls are up.
@Suite struct ReloadTests {
    /// Two routes, each with a token of its own.
    static func yaml(first: String = "first-t0ken", second: String = "/second", limits: String = "{}") -> String {
        """
        listen: {port: 0, plain: true}
        admin: {port: 0}
        limits: \(limits)
        routes:
          - {path: /first, authentication: {bearer: \(first)}, bot: test}
          - {path: \(second), authentication: {bearer: second-t0ken}, bot: echo}
        """
    }

    /// Reads another file, whose deadlines are those of the tests.
    @discardableResult
    static func reload(_ serving: RunningServer, _ yaml: String) throws -> [String] {
        try serving.server.reload { parts in
            var parts = parts
            parts.configuration = try RunningServer.configuration(yaml, receivers: parts.receivers)
            return parts
        }
    }

    /// Asks for a call on a path, which is answered so.
    static func expect(
        _ status: Int,
        _ serving: RunningServer,
        _ path: String,
        _ token: String,
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        let fields = ["Authorization: Bearer \(token)"]
        let client = try await RawClient.connect(serving.port)
        try await client.send(RawClient.request("GET \(path) HTTP/1.1", adding: fields))
        let answer = try await client.answer()
        #expect(answer?.status == status, sourceLocation: sourceLocation)
        client.sendAnyway(Wire.stop)
    }

    @Test func `New calls get the new file, and a call that is up keeps what it began with`() async throws {
        let bot = TestBot.silent()
        try await RunningServer.run(bot, Self.yaml()) { serving in
            let fields = ["Authorization: Bearer first-t0ken"]
            let live = try await RawClient.open(serving.port, path: "/first", fields: fields, following: Wire.start())
            _ = try await bot.runs.wait("bot") { $0.begun == 1 ? true : nil }
            try await Self.expect(101, serving, "/second", "second-t0ken")
            let kept = try Self.reload(serving, Self.yaml(first: "other-t0ken", second: "/third"))
            #expect(kept.isEmpty)
            try await Self.expect(403, serving, "/first", "first-t0ken")
            try await Self.expect(101, serving, "/first", "other-t0ken")
            try await Self.expect(404, serving, "/second", "second-t0ken")
            try await Self.expect(101, serving, "/third", "second-t0ken")
            try await live.send(Wire.stop)
            #expect(try await live.closeCode() == 1000)
            let reasons = try await serving.observed.ended(4).map(\.reason.code)
            #expect(reasons.contains("stop"))
        }
    }

    @Test func `A bad file changes nothing, and all of its faults are in the log`() async throws {
        let lines = Watched<[String]>([])
        let logger = Logger(label: "test") { _ in LoggingTests.Keeper(lines: lines) }
        try await RunningServer.run(TestBot.silent(), Self.yaml(), logger: logger) { serving in
            let bad = """
                listen: {port: 0, plain: true}
                limits: {calls: none}
                routes: [{path: /first, authentication: {bearer: other-t0ken}, bot: nobody}]
                """
            let error = #expect(throws: (any Error).self) { _ = try Self.reload(serving, bad) }
            let words = ["limits.calls", "routes[0].bot"]
            for word in words {
                #expect("\(error.map { "\($0)" } ?? "")".contains(word))
                let said = lines.value.filter { $0.contains("the old one stays") && $0.contains(word) }
                #expect(said.count == 1)
            }
            #expect(lines.value.allSatisfy { !$0.contains("reloaded for new calls") })
            try await Self.expect(101, serving, "/first", "first-t0ken")
            try await Self.expect(101, serving, "/second", "second-t0ken")
        }
    }

    @Test func `What only making it shows is said of all routes too`() async throws {
        let folder = try TemporaryFolder()
        try folder.write("apology.wav", Array("no WAV file".utf8))
        let broken = Self.yaml().replacing("bot: test", with: "bot: test, apology: \(folder.path)/apology.wav")
            .replacing("bot: echo", with: "bot: echo, apology: \(folder.path)/apology.wav")
        try await RunningServer.run(TestBot.silent(), Self.yaml()) { serving in
            let error = #expect(throws: BridgeServerError.self) { _ = try Self.reload(serving, broken) }
            let faults = error?.description.split(separator: "\n") ?? []
            #expect(faults.map { $0.prefix(9) } == ["routes[0]", "routes[1]"])
            try await Self.expect(101, serving, "/first", "first-t0ken")
        }
    }

    @Test func `What cannot change while it runs is named and stays`() async throws {
        let lines = Watched<[String]>([])
        let logger = Logger(label: "test") { _ in LoggingTests.Keeper(lines: lines) }
        try await RunningServer.run(TestBot.silent(), Self.yaml(), logger: logger) { serving in
            let moved = Self.yaml(first: "other-t0ken").replacing("listen: {port: 0", with: "listen: {port: 1")
            #expect(try Self.reload(serving, moved) == ["listen.port"])
            #expect(lines.value.contains { $0.contains("keep their values") && $0.contains("keys=listen.port") })
            #expect(serving.server.configuration.listen.port == 0)
            try await Self.expect(101, serving, "/first", "other-t0ken")
        }
    }

    @Test func `Limits change for who comes, and calls are counted on their route wherever it stands`() async throws {
        let bot = TestBot.silent()
        try await RunningServer.run(bot, Self.yaml()) { serving in
            let fields = ["Authorization: Bearer first-t0ken"]
            let live = try await RawClient.open(serving.port, path: "/first", fields: fields, following: Wire.start())
            _ = try await bot.runs.wait("bot") { $0.begun == 1 ? true : nil }
            try Self.reload(serving, Self.yaml(limits: "{calls: 1}"))
            try await Self.expect(503, serving, "/second", "second-t0ken")
            #expect(try await serving.observed.refusal() == ["too_many_calls"])
            // The first route is the last one now, and may have one call.
            let turned = """
                listen: {port: 0, plain: true}
                admin: {port: 0}
                routes:
                  - {path: /second, authentication: {bearer: second-t0ken}, bot: echo, limits: {calls: 1}}
                  - {path: /first, authentication: {bearer: first-t0ken}, bot: test, limits: {calls: 1}}
                """
            try Self.reload(serving, turned)
            try await Self.expect(101, serving, "/second", "second-t0ken")
            try await Self.expect(503, serving, "/first", "first-t0ken")
            try await live.send(Wire.stop)
            #expect(try await live.closeCode() == 1000)
            try await serving.untilIdle()
            try await Self.expect(101, serving, "/first", "first-t0ken")
        }
    }

    @Test func `A receiver whose entry stays keeps what it knows, and one that changed begins anew`() async throws {
        let made = Watched(0)
        var receivers = ReceiverCatalogue()
        let option = BotOption(name: "word", kind: .text, summary: "What it says.")
        receivers.register(PartSchema(name: "counting", summary: "of a test", options: [option])) { _ in
            CountingReceiver(
                number: made.update { made -> Int in
                    made += 1
                    return made
                }
            )
        }
        func yaml(_ words: String...) -> String {
            let entries = words.enumerated().map { index, word in
                "  - {path: /r\(index), kind: counting, options: {word: \(word)}, authentication: {none: true}}\n"
            }
            return RunningServer.open + "\nreceivers:\n" + entries.joined()
        }
        try await RunningServer.run(TestBot.silent(), yaml("a", "b"), receivers: receivers) { serving in
            func answer(_ path: String) async throws -> String? {
                try await RawClient.ask(serving.port, RawClient.request("GET \(path) HTTP/1.1", ["Host: a"]))?.body
            }
            #expect(try await answer("/r0") == "receiver 1")
            #expect(try await answer("/r1") == "receiver 2")
            try Self.reload(serving, yaml("a", "c"))
            #expect(try await answer("/r0") == "receiver 1")
            #expect(try await answer("/r1") == "receiver 3")
        }
    }

    private struct CountingReceiver: HTTPReceiver {
        let number: Int

        func answer(_ request: ReceivedHTTPRequest) async -> HTTPReply {
            HTTPReply(status: 200, contentType: "text/plain", body: Array("receiver \(number)".utf8))
        }
    }

    @Test func `A file is read anew by its path, and one that cannot be read changes nothing`() async throws {
        let folder = try TemporaryFolder()
        let file = folder.path + "/voicebridge.yaml"
        try await RunningServer.run(TestBot.silent(), Self.yaml()) { serving in
            #expect(throws: BridgeServerError.self) { try serving.server.reload(configurationFile: file) }
            try await Self.expect(101, serving, "/first", "first-t0ken")
            try folder.write("voicebridge.yaml", Array(Self.yaml(first: "other-t0ken").utf8))
            try serving.server.reload(configurationFile: file)
            try await Self.expect(403, serving, "/first", "first-t0ken")
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
import Foundation
import Synchronization
import TestSupport
import Testing
import VoiceBridge

/// Flows as `voicebridge serve` runs them, on calls of `voicebridge call`, in real time and over sockets.
@Suite struct FlowServeTests {
    /// Notes what it is asked, and knows one order.
    private final class Orders: Sendable {
        private let asked = Mutex<[LoopbackHTTPServer.Request]>([])

        /// All but those for speech.
        var requests: [LoopbackHTTPServer.Request] {
            asked.withLock { $0.filter { $0.path != "/v1/audio/speech" } }
        }

        /// What was to be said.
        var texts: [String] {
            let bodies = asked.withLock { $0.filter { $0.path == "/v1/audio/speech" }.map(\.body) }
            return bodies.map { body in
                let json = try? JSONSerialization.jsonObject(with: Data(body)) as? [String: Any]
                return json?["input"] as? String ?? ""
            }
        }

        @Sendable func answer(_ request: LoopbackHTTPServer.Request) -> LoopbackHTTPServer.Reply {
            asked.withLock { $0.append(request) }
            if request.path == "/v1/audio/speech" {
                return LoopbackHTTPServer.Reply(200, [("Content-Type", "audio/wav")], [FlowServeTests.beep])
            }
            guard request.path != "/orders/0000" else { return .text("{}", status: 404) }
            return .text(#"{"desk": {"extension": 204}}"#, type: "application/json")
        }
    }

    private static func flow(_ url: String) -> [UInt8] {
        let yaml = """
            variables: {shop: Riverside}
            sections:
              welcome:
                - menu: {play: {prompt: greeting-and-menu}, keys: {1: order, 9: goodbye}, failed: goodbye}
              order:
                - collect: {play: beep.wav, into: number, digits: 4, timeout: 10s, failed: goodbye}
                - request:
                    url: \(url)/orders/{{number}}
                    headers: {X-Shop: "{{shop}}"}
                    bearer: {environment: ORDERS_TOKEN}
                    json: {caller: "{{call.from}}", weeks: 2}
                    into: {desk: desk.extension}
                    timeout: 10s
                    status: {404: order}
                    failed: goodbye
                - record: {play: beep.wav, maximum: 20s, silence: off, terminator: "#", into: message, failed: goodbye}
                - request: {url: "\(url)/messages", form: {file: "{{message}}"}, timeout: 10s, failed: goodbye}
                - say: "Thank you, {{call.from}}."
                - transfer: {extension: "{{desk}}", failed: goodbye}
              goodbye:
                - hang_up: {play: beep.wav}
            """
        return Array(yaml.utf8)
    }

    private static let beep = AudioChunk.tone(frequency: 600, duration: .milliseconds(100)).wav

    private static let voice = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../../audio-fixtures/prompts/greeting-and-menu-8k.wav").standardized.path

    /// Puts a call through; what `voicebridge call --json` says of it.
    private static func call(_ port: Int, _ arguments: String...) async throws -> [String: Any] {
        let call = try ServeProcess(
            ["ws://127.0.0.1:\(port)/v1/ivr-solutions", "--json", "--from", "09810000001"] + arguments,
            command: "call"
        )
        let line = try await call.lines(1)[0]
        #expect(try await call.exit().status == 0)
        return try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
    }

    /// The commands of a call but for marks, without their times.
    private static func commands(_ told: [String: Any]) -> [[String: String]] {
        let commands = told["commands"] as? [[String: Any]] ?? []
        return commands.filter { $0["type"] as? String != "mark" }.map { $0.compactMapValues { $0 as? String } }
    }

    @Test func `A menu, digits, a request, a recording and a transfer, on one call`() async throws {
        let orders = Orders()
        let http = try await LoopbackHTTPServer(orders.answer)
        let folder = try TemporaryFolder()
        try folder.write("beep.wav", Self.beep)
        let flow = try folder.write("flow.yaml", Self.flow(http.url))
        let configuration = """
            listen: {plain: true, port: 0}
            admin: {port: 0}
            logging: {level: debug}
            routes:
              - path: /v1/ivr-solutions
                authentication: {none: true}
                bot: flow
                bot_options:
                  file: "\(flow)"
                  recordings: "\(folder.path)"
                  variables: {shop: Lakeside}
                  voice_url: "\(http.url)/v1"
            """
        let file = try folder.write("voicebridge.yaml", Array(configuration.utf8))
        let serve = try ServeProcess(["--config", file], environment: ["ORDERS_TOKEN": "s3cret-t0ken"])
        let port = try #require(ServeProcess.port(try await serve.lines(1)[0]))
        // A wrong number, the right one, and the end of the recording; the caller speaks all the while.
        let digits = "1@0.4,0@0.8,0@0.9,0@1.0,0@1.1,4@1.9,7@2.0,1@2.1,1@2.2,#@4.5"
        let told = try await Self.call(port, "--dtmf", digits, "--audio", Self.voice, "--for", "30")
        #expect(told["ended_by"] as? String == "bot")
        #expect(Self.commands(told).last == ["type": "session.transfer_extension", "extension": "204"])
        #expect(
            orders.requests.map { "\($0.method) \($0.path)" } == [
                "POST /orders/0000", "POST /orders/4711", "POST /messages",
            ]
        )
        #expect(orders.texts == ["Thank you, 09810000001."])
        let asked = try #require(orders.requests.dropFirst().first)
        #expect(String(decoding: asked.body, as: UTF8.self) == #"{"caller":"09810000001","weeks":2}"#)
        #expect(asked["X-Shop"] == "Lakeside" && asked["Authorization"] == "Bearer s3cret-t0ken")
        let form = try #require(orders.requests.last.map { String(decoding: $0.body, as: UTF8.self) })
        let recording = try #require(form.wholeMatch(of: /file=(.*)/)?.output.1.removingPercentEncoding)
        let audio = try AudioChunk(wav: try TemporaryFolder.read(recording))
        #expect(recording.hasPrefix(folder.path + "/"))
        #expect((.milliseconds(500) ... .seconds(20)).contains(audio.duration))
        #expect(audio.samples.contains { $0.magnitude > 1_000 })
        serve.signal(SIGTERM)
        let log = try await serve.exit()
        #expect(log.status == 0)
        // The log has the steps, and nothing that was pressed, said or secret.
        for words in ["waits for a digit", "waits for up to 4 digits", "asks POST of", "transfers to a"] {
            #expect(log.errors.contains(words), "\(words)")
        }
        for words in ["4711", "s3cret"] { #expect(!log.errors.contains(words), "\(words)") }
        try await http.stop()
    }

    @Test func `A flow that a flag names`() async throws {
        let folder = try TemporaryFolder()
        let flow = try folder.write("flow.yaml", Array("sections: {a: [{menu: {keys: {9: b}}}], b: [hang_up]}".utf8))
        let serve = try ServeProcess(ServeCommandTests.loopback + ["--no-auth", "--flow", flow])
        let port = try #require(ServeProcess.port(try await serve.lines(1)[0]))
        let told = try await Self.call(port, "--dtmf", "9@0.2", "--for", "10")
        #expect(told["ended_by"] as? String == "bot")
        #expect(Self.commands(told).map { $0["type"] } == ["session.hangup"])
        serve.signal(SIGTERM)
        #expect(try await serve.exit().status == 0)
    }

    @Test func `A flow with faults is not served`() async throws {
        let folder = try TemporaryFolder()
        let flow = try folder.write("flow.yaml", Array("sections: {a: [{go: b}, {record: {into: x}}]}".utf8))
        let told = try await ServeProcess(ServeCommandTests.loopback + ["--no-auth", "--flow", flow]).exit()
        #expect(told.status == 1 && told.output.isEmpty)
        #expect(told.errors.contains("\(flow):1:21: sections.a[0].go: leads to `b`, which is no section"))
        #expect(told.errors.contains("needs a folder for recordings; set the bot's option `recordings`"))
        let missing = try await ServeProcess(ServeCommandTests.loopback + ["--no-auth", "--flow", "/none.yaml"]).exit()
        #expect(missing.status == 1 && missing.errors.contains("--flow: cannot read"))
    }
}

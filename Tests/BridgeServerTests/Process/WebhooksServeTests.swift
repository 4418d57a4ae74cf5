// SPDX-License-Identifier: Apache-2.0
import Foundation
import Synchronization
import TestSupport
import Testing

/// Webhooks as `voicebridge serve` sends them.
@Suite struct WebhooksServeTests {
    /// What an endpoint got, and what it answers.
    private final class Endpoint: Sendable {
        let got = Watched<[[String: String]]>([])
        let status = Mutex(200)

        func take(_ request: LoopbackHTTPServer.Request) -> LoopbackHTTPServer.Reply {
            let json = try? JSONSerialization.jsonObject(with: Data(request.body)) as? [String: Any]
            let data = json?["data"] as? [String: Any]
            let status = status.withLock { $0 }
            let told: [String: String] = [
                "type": json?["type"] as? String, "id": json?["event_id"] as? String,
                "call": data?["call_id"] as? String, "reason": data?["end_reason"] as? String,
                "from": data?["from"] as? String, "digit": data?["digit"] as? String,
                "signed": request["VoiceBridge-Signature"]?.hasPrefix("t=") == true ? "yes" : "no",
            ].compactMapValues { $0 }
            if status == 200 { got.update { $0.append(told) } }
            return LoopbackHTTPServer.Reply(status)
        }

        func wait(_ count: Int) async throws -> [[String: String]] {
            try await got.wait("\(count) events") { $0.count >= count ? $0 : nil }
        }
    }

    private static func text(_ event: [String: String], _ key: String) -> String { event[key] ?? "" }

    private static func serve(_ folder: TemporaryFolder, _ url: String) async throws -> (ServeProcess, String) {
        let yaml = """
            listen: {plain: true, port: 0}
            admin: {port: 0}
            records: {path: \(folder.path)/calls.sqlite}
            webhooks:
              spool: \(folder.path)/webhooks.sqlite
              endpoints: [{name: crm, url: "\(url)/hooks", secret: a secret of the test}]
            routes: [{authentication: {none: true}, bot: echo}]
            """
        let file = try folder.write("voicebridge.yaml", Array(yaml.utf8))
        let process = try ServeProcess(["--config", file])
        let port = try #require(ServeProcess.port(try await process.lines(1)[0]))
        return (process, "ws://127.0.0.1:\(port)/v1/ivr-solutions")
    }

    @Test func `Calls are told, what waits outlives a kill, and a retry brings the dead back`() async throws {
        let endpoint = Endpoint()
        let server = try await LoopbackHTTPServer { endpoint.take($0) }
        let folder = try TemporaryFolder()
        let (first, url) = try await Self.serve(folder, server.url)
        let arguments = [url, "--json", "--from", "+915550100", "--dtmf", "7@0.2", "--for", "1"]
        #expect(try await ServeProcess(arguments, command: "call").exit().status == 0)
        let told = try await endpoint.wait(3)
        #expect(told.map { Self.text($0, "type") } == ["call.started", "call.digit", "call.ended"])
        #expect(told.allSatisfy { Self.text($0, "from") == "+915550100" && Self.text($0, "signed") == "yes" })
        #expect(Self.text(told[1], "digit") == "*" && Set(told.map { Self.text($0, "id") }).count == 3)
        // The endpoint is down, and the server is killed in the middle of a call.
        endpoint.status.withLock { $0 = 500 }
        let cut = try ServeProcess([url, "--json", "--for", "60"], command: "call")
        try await first.says("an endpoint of webhooks fails")
        first.signal(SIGKILL)
        _ = try await first.exit()
        _ = try await cut.exit()
        endpoint.status.withLock { $0 = 200 }
        let (second, _) = try await Self.serve(folder, server.url)
        let rest = try await endpoint.wait(5)[3...]
        #expect(rest.map { Self.text($0, "type") } == ["call.started", "call.ended"])
        #expect(rest.last.map { Self.text($0, "reason") } == "interrupted")
        second.signal(SIGTERM)
        #expect(try await second.exit().status == 0)
        let file = folder.path + "/voicebridge.yaml"
        let list = try await ServeProcess(["list", "--config", file, "--waiting"], command: "webhooks").exit()
        #expect(list.status == 0 && list.output.split(separator: "\n").count == 1, "\(list.errors)")
        let retry = try await ServeProcess(["retry", "--config", file, "--all"], command: "webhooks").exit()
        #expect(retry.status == 0 && retry.output == "0 tried again\n", "\(retry.errors)")
        let nothing = try await ServeProcess(["retry", "--config", file, "17"], command: "webhooks").exit()
        #expect(nothing.status == 1 && nothing.errors.contains("no such dead letter"))
        try await server.stop()
    }

    @Test func `A test says what came back, and fails when it was not taken`() async throws {
        let endpoint = Endpoint()
        let server = try await LoopbackHTTPServer { endpoint.take($0) }
        let taken = try await ServeProcess(["test", server.url], command: "webhooks").exit()
        #expect(taken.status == 0 && taken.errors.contains("signed with one that was made"))
        #expect(taken.output.contains("answer     it answered 200, after "))
        #expect(endpoint.got.value.map { Self.text($0, "type") } == ["webhook.test"])
        endpoint.status.withLock { $0 = 403 }
        let refused = try await ServeProcess(["test", server.url], command: "webhooks").exit()
        #expect(refused.status == 1 && refused.output.contains("it answered 403"))
        try await server.stop()
    }
}

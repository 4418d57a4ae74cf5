// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

/// Records as `voicebridge serve` writes them and `voicebridge calls` reads them.
@Suite struct RecordsServeTests {
    private static func serve(_ records: String) async throws -> (process: ServeProcess, port: Int) {
        let arguments = ServeCommandTests.loopback + ["--no-auth", "--bot", "echo", "--records", records]
        let process = try ServeProcess(arguments)
        return (process, try #require(ServeProcess.port(try await process.lines(1)[0])))
    }

    private static func calls(_ arguments: String...) async throws -> [[String: Any]] {
        let told = try await ServeProcess(arguments, command: "calls").exit()
        #expect(told.status == 0, "\(told.errors)")
        return try told.output.split(separator: "\n").map { line in
            try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
        }
    }

    @Test func `A call is recorded, and one that a kill cuts off is interrupted`() async throws {
        let folder = try TemporaryFolder()
        let records = folder.path + "/calls.sqlite"
        let first = try await Self.serve(records)
        let url = "ws://127.0.0.1:\(first.port)/v1/ivr-solutions"
        let arguments = [url, "--json", "--from", "+915550100", "--dtmf", "7@0.2", "--for", "1"]
        let call = try ServeProcess(arguments, command: "call")
        #expect(try await call.exit().status == 0)
        // Another is up when the server is killed.
        let cut = try ServeProcess([url, "--json", "--for", "60"], command: "call")
        var live = 0
        for _ in 0..<500 where live == 0 {
            live = try await Self.calls("list", "--records", records, "--json", "--state", "live").count
        }
        #expect(live == 1)
        first.process.signal(SIGKILL)
        _ = try await first.process.exit()
        _ = try await cut.exit()
        let second = try await Self.serve(records)
        try await second.process.says("recorded as interrupted")
        let listed = try await Self.calls("list", "--records", records, "--json", "--since", "1h")
        #expect(listed.map { $0["state"] as? String } == ["ended", "interrupted"])
        let record = try #require(listed.first)
        #expect(record["from"] as? String == "+915550100" && record["digits"] as? String == "*")
        #expect(record["route"] as? String == "/v1/ivr-solutions" && record["bot"] as? String == "echo")
        #expect(record["ended_by"] as? String == "caller")
        #expect((900...5_000).contains(record["duration_ms"] as? Int ?? 0))
        let id = try #require(record["call_id"] as? String)
        #expect(try await Self.calls("show", id, "--records", records, "--json").count == 1)
        #expect(try await Self.calls("list", "--records", records, "--json", "--route", "/v1/exotel").isEmpty)
        let export = try await ServeProcess(["export", "--records", records], command: "calls").exit()
        #expect(export.output.split(separator: "\r\n").count == 3)
        let nobody = try await ServeProcess(["show", "nobody", "--records", records], command: "calls").exit()
        #expect(nobody.status == 1 && nobody.errors.contains("no record of a call 'nobody'"))
        second.process.signal(SIGTERM)
        #expect(try await second.process.exit().status == 0)
    }

    @Test func `A place that cannot be used is wrong from the start`() async throws {
        let serve = try ServeProcess(ServeCommandTests.loopback + ["--records", "/no/such/folder/calls.sqlite"])
        let told = try await serve.exit()
        #expect(told.status == 1 && told.errors.contains("records /no/such/folder/calls.sqlite: cannot be opened"))
    }
}

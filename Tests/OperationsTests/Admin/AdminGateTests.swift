// SPDX-License-Identifier: Apache-2.0
import BridgeServer
import OutboundHTTP
import Testing

@testable import Operations

@Suite("Admin port: who may ask what")
struct AdminGateTests {
    /// Status by what is shown: nothing, the token, a wrong one.
    struct Row: Sendable, CustomStringConvertible {
        var path: String
        var nothing: Int
        var token: Int
        var wrong: Int
        var description: String { path }
    }

    @Test(
        "with a token all but probes ask for it",
        arguments: [
            Row(path: "/healthz", nothing: 200, token: 200, wrong: 200),
            Row(path: "/readyz", nothing: 200, token: 200, wrong: 200),
            Row(path: "/metrics", nothing: 401, token: 200, wrong: 403),
            Row(path: "/load", nothing: 401, token: 200, wrong: 403),
            Row(path: "/v1/calls", nothing: 401, token: 200, wrong: 403),
            Row(path: "/v1/server", nothing: 401, token: 200, wrong: 403),
            Row(path: "/other", nothing: 401, token: 404, wrong: 403),
        ]
    )
    func withToken(row: Row) async throws {
        try await OperatedServer.run { serving async throws in
            #expect(try await serving.ask(.get, row.path, token: nil).status == row.nothing)
            #expect(try await serving.ask(.get, row.path).status == row.token)
            #expect(try await serving.ask(.get, row.path, token: "0perat0R").status == row.wrong)
        }
    }

    @Test("figures may be open beside a token")
    func openFigures() async throws {
        try await OperatedServer.run(admin: "token: \(OperatedServer.token), metrics: open") { serving async throws in
            #expect(try await serving.ask(.get, "/metrics", token: nil).status == 200)
            #expect(try await serving.ask(.get, "/load", token: nil).status == 200)
            #expect(try await serving.ask(.get, "/v1/calls", token: nil).status == 401)
        }
    }

    @Test("without a token figures are open, and nobody sees calls or acts on them")
    func withoutToken() async throws {
        try await OperatedServer.run(admin: "i_know: false") { serving async throws in
            #expect(try await serving.ask(.get, "/metrics", token: nil).status == 200)
            #expect(try await serving.ask(.get, "/load", token: nil).status == 200)
            for (method, path) in [(HTTPMethod.get, "/v1/calls"), (.post, "/v1/drain"), (.put, "/v1/log-level")] {
                let answer = try await serving.ask(method, path)
                #expect(answer.status == 403)
                #expect(answer["error"] == "no_token_configured")
                #expect(answer["message"]?.contains("admin.token") == true)
            }
            #expect(!serving.server.isDraining)
        }
    }

    @Test("a method that a path has not is answered with those it has")
    func methods() async throws {
        try await OperatedServer.run { serving async throws in
            #expect(try await serving.ask(.get, "/v1/drain").status == 405)
            #expect(try await serving.ask(.post, "/metrics").status == 405)
            let answer = try await serving.ask(.delete, "/v1/log-level")
            #expect(answer["message"] == "this path is asked by GET or PUT")
        }
    }

    @Test("a path that nothing has is answered in words", arguments: ["/v1/nothing", "/v1/calls/a/b/c", "//"])
    func unknownPath(path: String) async throws {
        try await OperatedServer.run { serving async throws in
            let answer = try await serving.ask(.get, path)
            #expect(answer.status == 404 && answer["error"] == "unknown_path")
        }
    }

    @Test("a body that is too large is refused")
    func largeBody() async throws {
        try await OperatedServer.run { serving async throws in
            let body = Array(repeating: UInt8(32), count: 70_000)
            let asked = [(HTTPMethod.put, "/v1/log-level"), (.post, "/v1/drain"), (.post, "/v1/calls/x/flush")]
            for (method, path) in asked {
                let answer = try await serving.ask(method, path, type: "application/json", body: body)
                #expect(answer.status == 413 && answer.type == "application/json")
                #expect(answer["error"] == "too_large" && answer["message"]?.contains("65536 bytes") == true)
            }
        }
    }
}

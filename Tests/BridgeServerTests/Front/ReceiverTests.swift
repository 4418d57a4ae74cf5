// SPDX-License-Identifier: Apache-2.0
import BridgeConfiguration
import BridgeServer
import CallModel
import Testing

/// Plain HTTP of platforms, on the public port.
@Suite struct ReceiverTests {
    /// Says what it was asked; hangs where the query says so.
    struct Mirror: HTTPReceiver {
        let greeting: String
        let asked = Watched<[ReceivedHTTPRequest]>([])
        let cancelled = Watched(0)

        func answer(_ request: ReceivedHTTPRequest) async -> HTTPReply {
            asked.update { $0.append(request) }
            switch request.query {
            case "hang":
                // As long as somebody waits for it.
                try? await Task.sleep(for: .seconds(600))
                cancelled.update { $0 += 1 }
                return HTTPReply(status: 200)
            case "status=405": return HTTPReply(status: 405)
            case "status=404": return HTTPReply(status: 404)
            default:
                let body = String(decoding: request.body, as: UTF8.self)
                let text = "\(greeting) \(request.method) \(request.path) \(body)"
                return HTTPReply(status: 200, contentType: "text/plain", body: Array(text.utf8))
            }
        }
    }

    static let yaml = """
        listen: {port: 0, plain: true}
        admin: {port: 0}
        routes:
          - {path: /v1/calls, authentication: {path_token: {secret: s3cret}}, bot: test}
        receivers:
          - path: /v1/calls/told
            kind: mirror
            options: {greeting: hello}
            authentication: {basic: {user: platform, password: pa55}}
          - {path: /open, kind: mirror, authentication: {none: true}, deadline: 60s}
          - {path: /slow, kind: mirror, authentication: {none: true}, deadline: 100ms}
        """

    static func run(_ body: (RunningServer, Mirror) async throws -> Void) async throws {
        let mirror = Mirror(greeting: "hello")
        var kinds = ReceiverCatalogue()
        let schema = PartSchema(
            name: "mirror",
            summary: "Says what it was asked.",
            options: [BotOption(name: "greeting", kind: .text, summary: "Comes first.")]
        )
        kinds.register(schema) { _ in mirror }
        try await RunningServer.run(TestBot.silent(), Self.yaml, receivers: kinds) { try await body($0, mirror) }
    }

    static func request(_ line: String, body: String = "", authorization: String? = nil) -> String {
        RawClient.request(
            "\(line) HTTP/1.1",
            ["Host: a", "Content-Length: \(body.utf8.count)"] + (authorization.map { ["Authorization: \($0)"] } ?? []),
            body: body
        )
    }

    /// `platform:pa55` in base64.
    static let basic = "Basic cGxhdGZvcm06cGE1NQ=="

    @Test func `A request goes to its receiver whole, behind its authentication`() async throws {
        try await Self.run { serving, mirror in
            let request = Self.request("POST /v1/calls/told?a=1", body: "ring ring", authorization: Self.basic)
            let answer = try #require(try await RawClient.ask(serving.port, request))
            #expect(answer.status == 200 && answer.body == "hello POST /v1/calls/told ring ring")
            #expect(answer["Content-Type"] == "text/plain" && answer["Connection"] == "close")
            let received = try #require(mirror.asked.value.first)
            #expect(received.query == "a=1" && received.headers.contains { $0.name == "Host" && $0.value == "a" })
            #expect(serving.observed.log.value.refused.isEmpty)
        }
    }

    @Test(arguments: [
        (request("POST /v1/calls/told"), 401, "unauthenticated"),
        (request("POST /v1/calls/told", authorization: "Basic cGxhdGZvcm06cGE1Ng=="), 403, "wrong_credentials"),
        (request("POST /v1/calls/tolds", authorization: basic), 403, "wrong_credentials"),
        (request("POST /told"), 404, "unknown_path"),
        (request("DELETE /open"), 405, "bad_method"),
        (request("HEAD /open"), 405, "bad_method"),
        (request("POST /open", body: String(repeating: "x", count: 65_537)), 413, "body_too_large"),
        (request("POST /open", body: String(repeating: "x", count: 400_000)), 431, "request_too_large"),
        (RawClient.request("GET /open HTTP/1.1"), 404, "unknown_path"),
    ])
    func `What is no request for a receiver reaches none`(request: String, status: Int, reason: String) async throws {
        try await Self.run { serving, mirror in
            let client = try await RawClient.connect(serving.port)
            client.sendAnyway(Array(request.utf8))
            // An answer to HEAD has no body, whatever its length says (RFC 9110 §9.3.2).
            if request.hasPrefix("HEAD") {
                try await client.untilClosed()
            } else {
                let answer = try #require(try await client.answer())
                #expect(answer.status == status)
                if status == 405 { #expect(answer["Allow"] == "GET, POST") }
                try await client.untilClosed()
            }
            #expect(try await serving.observed.refusal() == [reason])
            #expect(mirror.asked.value.isEmpty)
        }
    }

    @Test(arguments: [("GET", 405, "POST"), ("POST", 405, "GET"), ("GET", 404, nil)])
    func `A receiver's own refusal is passed on and noted`(method: String, status: Int, allow: String?) async throws {
        try await Self.run { serving, _ in
            let request = Self.request("\(method) /open?status=\(status)")
            let answer = try #require(try await RawClient.ask(serving.port, request))
            #expect(answer.status == status && answer["Allow"] == allow)
            #expect(try await serving.observed.refusal() == ["receiver_refused"])
        }
    }

    @Test func `A receiver that does not answer in time is given up with 503`() async throws {
        try await Self.run { serving, mirror in
            let answer = try #require(try await RawClient.ask(serving.port, Self.request("GET /slow?hang")))
            #expect(answer.status == 503 && answer["Retry-After"] == "5")
            #expect(try await serving.observed.refusal() == ["receiver_overdue"])
            _ = try await mirror.cancelled.wait("cancellation") { $0 == 1 ? true : nil }
        }
    }

    @Test func `A receiver at its limit refuses one more, and takes it when one of them has left`() async throws {
        try await Self.run { serving, mirror in
            var clients: [RawClient] = []
            for _ in 0..<256 {
                let client = try await RawClient.connect(serving.port)
                try await client.send(Self.request("GET /open?hang"))
                clients.append(client)
            }
            _ = try await mirror.asked.wait("requests") { $0.count == 256 ? true : nil }
            let refused = try #require(try await RawClient.ask(serving.port, Self.request("POST /open", body: "b")))
            #expect(refused.status == 503 && refused["Retry-After"] == "5")
            #expect(try await serving.observed.refusal() == ["receiver_busy"])
            // Another receiver has a limit of its own.
            let other = try #require(try await RawClient.ask(serving.port, Self.request("POST /slow", body: "b")))
            #expect(other.status == 200)
            try await clients.removeLast().drop()
            _ = try await mirror.cancelled.wait("cancellation") { $0 == 1 ? true : nil }
            let taken = try #require(try await RawClient.ask(serving.port, Self.request("POST /open", body: "b")))
            #expect(taken.status == 200)
            for client in clients { try await client.drop() }
            _ = try await mirror.cancelled.wait("cancellations") { $0 == 256 ? true : nil }
        }
    }

    @Test func `A receiver whose platform leaves is not left at work`() async throws {
        try await Self.run { serving, mirror in
            let client = try await RawClient.connect(serving.port)
            try await client.send(Self.request("GET /open?hang"))
            _ = try await mirror.asked.wait("request") { $0.count == 1 ? true : nil }
            try await client.drop()
            _ = try await mirror.cancelled.wait("cancellation") { $0 == 1 ? true : nil }
        }
    }
}

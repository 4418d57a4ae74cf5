// SPDX-License-Identifier: Apache-2.0

import OutboundHTTP
import Synchronization
import TestSupport
import Testing

@Suite("Requests over URLSession") struct URLSessionClientTests {
    let client = URLSessionClient()

    @Test("A request arrives as it was made", arguments: HTTPMethod.allCases)
    func request(method: HTTPMethod) async throws {
        let server = try await LoopbackHTTPServer { request in
            let fields = [request["X-One"] ?? "", request["Authorization"] ?? "", request["Content-Length"] ?? ""]
            return .text("\(request.method) \(request.path) \(fields) \(String(decoding: request.body, as: UTF8.self))")
        }
        var request = HTTPRequest(
            method,
            server.url + "/a/b?c=d%20e",
            fields: ["X-One": "1", "Authorization": "Bearer k"]
        )
        if method != .get { request.body = Array("büdy".utf8) }
        let response = try await client.send(request)
        #expect(response.status == 200 && response.isSuccess)
        #expect(response.fields["content-TYPE"] == "text/plain")
        let length = method == .get ? "" : "5"
        let body = method == .get ? "" : "büdy"
        let text = String(decoding: try await response.body.collect(), as: UTF8.self)
        #expect(text == "\(method.rawValue) /a/b?c=d%20e [\"1\", \"Bearer k\", \"\(length)\"] \(body)")
        try await server.stop()
    }

    @Test("An answer of any status is an answer, and no redirection is followed", arguments: [204, 301, 404, 500])
    func status(code: Int) async throws {
        let server = try await LoopbackHTTPServer { request in
            request.path == "/" ? .init(code, [("Location", "/elsewhere")]) : .text("followed")
        }
        let response = try await client.send(HTTPRequest(.get, server.url + "/"))
        #expect(response.status == code)
        #expect(!response.isSuccess || code == 204)
        #expect(try await response.body.collect() == [])
        try await server.stop()
    }

    @Test("A body comes piece by piece, before its end is there")
    func streamed() async throws {
        let server = try await LoopbackHTTPServer { _ in .init(200, [], [[1, 2, 3]], end: .hangs) }
        let response = try await client.send(HTTPRequest(.get, server.url))
        for try await piece in response.body {
            #expect(piece == [1, 2, 3])
            break
        }
        try await server.stop()
    }

    @Test("Whoever lets go of a body ends the exchange")
    func letGo() async throws {
        let server = try await LoopbackHTTPServer { _ in .init(200, [], [[1]], end: .hangs) }
        do {
            let response = try await client.send(HTTPRequest(.get, server.url))
            #expect(response.status == 200)
        }
        await server.waitForClosed(1)
        try await server.stop()
    }

    @Test("A body that is too large ends the exchange")
    func tooLarge() async throws {
        let server = try await LoopbackHTTPServer { _ in .init(200, [], [[UInt8](repeating: 7, count: 1_001)]) }
        let response = try await client.send(HTTPRequest(.get, server.url, maximumBody: 1_000))
        await #expect(throws: HTTPClientError.bodyTooLarge(limit: 1_000)) { try await response.body.collect() }
        try await server.stop()
    }

    @Test("A connection closed without an answer is an error at once; nothing whole is sent twice", arguments: [1, 2])
    func unanswered(request number: Int) async throws {
        let bodies = Mutex<[String]>([])
        let server = try await LoopbackHTTPServer { request in
            let count = bodies.withLock { bodies in
                bodies.append(String(decoding: request.body, as: UTF8.self))
                return bodies.count
            }
            return count == number ? .hangUp : .text("taken")
        }
        // One connection, which is used again.
        let client = URLSessionClient(connectionsPerHost: 1)
        for count in 1..<number {
            let response = try await client.send(HTTPRequest(.post, server.url, body: Array("\(count)".utf8)))
            _ = try await response.body.collect()
        }
        let last = HTTPRequest(.post, server.url, body: Array("\(number)".utf8), deadline: .seconds(60))
        let error = await #expect(throws: HTTPClientError.self) { try await client.send(last) }
        #expect(error?.shortDescription == "connection")
        #expect(bodies.withLock { $0 } == (1...number).map(String.init))
        try await server.stop()
    }

    @Test("An answer that does not come, or does not end, is not waited for", arguments: [true, false])
    func deadline(isSilent: Bool) async throws {
        let server = try await LoopbackHTTPServer { _ in isSilent ? .silence : .init(200, [], [[1]], end: .hangs) }
        let limit = Duration.milliseconds(50)
        await #expect(throws: HTTPClientError.deadline(limit)) {
            try await self.client.send(HTTPRequest(.get, server.url, deadline: limit)).body.collect()
        }
        await server.waitForClosed(1)
        try await server.stop()
    }

    @Test("A connection that breaks is an error, before the answer and in the midst of it")
    func broken() async throws {
        let server = try await LoopbackHTTPServer { _ in .init(200, [], [[1]], end: .breaks) }
        let error = await #expect(throws: HTTPClientError.self) {
            try await self.client.send(HTTPRequest(.get, server.url)).body.collect()
        }
        #expect(error?.shortDescription == "connection")
        try await server.stop()
        let refused = await #expect(throws: HTTPClientError.self) {
            try await self.client.send(HTTPRequest(.get, server.url))
        }
        #expect(refused?.shortDescription == "connection")
    }

    @Test("A cancelled task ends the exchange, whether the head is there or not", arguments: [true, false])
    func cancelled(isSilent: Bool) async throws {
        let server = try await LoopbackHTTPServer { _ in isSilent ? .silence : .init(200, [], [[1]], end: .hangs) }
        let client = client
        let task = Task { try await client.send(HTTPRequest(.get, server.url)).body.collect() }
        if isSilent { task.cancel() } else { Task { task.cancel() } }
        await #expect(throws: CancellationError.self) { try await task.value }
        try await server.stop()
    }

    @Test("What is no absolute http URL is refused", arguments: ["", "/path", "ftp://host/", "http://", "ws://host/"])
    func invalid(url: String) async {
        await #expect(throws: HTTPClientError.invalidURL) { try await self.client.send(HTTPRequest(.get, url)) }
    }

    @Test("Many exchanges at once do not get into each other's way")
    func many() async throws {
        let server = try await LoopbackHTTPServer { .text($0.path) }
        try await withThrowingTaskGroup(of: Bool.self) { group in
            for number in 0..<50 {
                group.addTask {
                    let response = try await client.send(HTTPRequest(.get, server.url + "/\(number)"))
                    return try await response.body.collect() == Array("/\(number)".utf8)
                }
            }
            for try await isRight in group { #expect(isRight) }
        }
        try await server.stop()
    }

    @Test("An error tells neither URL nor key")
    func discreet() async {
        let request = HTTPRequest(.get, "http://127.0.0.1:1/secret?key=hush", fields: ["Authorization": "hush"])
        let error = await #expect(throws: HTTPClientError.self) { try await self.client.send(request) }
        #expect(error?.description.contains("hush") == false)
    }
}

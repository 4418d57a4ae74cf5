// SPDX-License-Identifier: Apache-2.0

import OutboundHTTP
import Testing

@Suite("A scripted client") struct ScriptedHTTPClientTests {
    @Test("Answers what it expects, in order, and refuses the rest")
    func script() async throws {
        let client = ScriptedHTTPClient([
            .init(.get, "http://a/1") { _ in HTTPResponse(status: 200, body: HTTPBody([[1], [2]])) },
            .init(.post, "http://a/2", accepts: { $0.body == [9] }) { _ in HTTPResponse(status: 201) },
        ])
        #expect(try await client.send(HTTPRequest(.get, "http://a/1")).body.collect() == [1, 2])
        for wrong in [
            HTTPRequest(.get, "http://a/2", body: [9]), HTTPRequest(.post, "http://a/3", body: [9]),
            HTTPRequest(.post, "http://a/2", body: [8]),
        ] {
            await #expect(throws: HTTPClientError.self) { try await client.send(wrong) }
        }
        #expect(client.outstanding == 1)
        #expect(try await client.send(HTTPRequest(.post, "http://a/2", body: [9])).status == 201)
        await #expect(throws: HTTPClientError.self) { try await client.send(HTTPRequest(.get, "http://a/1")) }
        #expect(client.outstanding == 0)
        #expect(client.requests.map(\.url) == ["http://a/1", "http://a/2"])
        #expect(client.unexpected == ["GET http://a/2", "POST http://a/3", "POST http://a/2", "GET http://a/1"])
    }
}

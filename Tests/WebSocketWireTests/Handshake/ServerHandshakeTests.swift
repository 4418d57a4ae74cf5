// SPDX-License-Identifier: Apache-2.0
import Testing
import WebSocketWire

@Suite struct ServerHandshakeTests {
    /// The request of RFC 6455 §1.2.
    static let headers: HandshakeHeaders = [
        "Host": "server.example.com", "Upgrade": "websocket", "Connection": "Upgrade",
        "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==", "Origin": "http://example.com",
        "Sec-WebSocket-Protocol": "chat, superchat", "Sec-WebSocket-Version": "13",
    ]

    /// What a test changes: a header's new value, or `nil` to leave it out.
    static func request(_ changes: [(String, String?)] = [], added: HandshakeHeaders = [:]) -> OpeningRequest {
        var headers = HandshakeHeaders()
        for field in Self.headers.fields {
            if let change = changes.first(where: { $0.0 == field.name }) {
                if let value = change.1 { headers.append(field.name, value) }
            } else {
                headers.append(field.name, field.value)
            }
        }
        for field in added.fields { headers.append(field.name, field.value) }
        return OpeningRequest(target: "/chat", headers: headers)
    }

    static func accepted(_ decision: HandshakeDecision) -> AcceptedHandshake? {
        guard case .accept(let accepted) = decision else { return nil }
        return accepted
    }

    static func refused(_ decision: HandshakeDecision) -> HandshakeRefusal? {
        guard case .refuse(let refusal) = decision else { return nil }
        return refusal
    }

    /// RFC 6455 §1.3.
    @Test func acceptsTheExample() throws {
        let accepted = try #require(Self.accepted(ServerHandshake.evaluate(Self.request())))
        #expect(
            accepted.headers == [
                "Upgrade": "websocket", "Connection": "Upgrade",
                "Sec-WebSocket-Accept": "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=",
            ]
        )
        #expect(accepted.subprotocol == nil && accepted.compression == nil)
    }

    @Test func prefersTheServersSubprotocol() throws {
        let configuration = HandshakeConfiguration(subprotocols: ["other", "superchat", "chat"])
        let accepted = try #require(
            Self.accepted(ServerHandshake.evaluate(Self.request(), configuration: configuration))
        )
        #expect(accepted.subprotocol == "superchat")
        #expect(accepted.headers["Sec-WebSocket-Protocol"] == "superchat")
    }

    @Test(arguments: [["Chat"], ["other"], []])
    func choosesNoSubprotocolThatWasNotOffered(subprotocols: [String]) {
        let configuration = HandshakeConfiguration(subprotocols: subprotocols)
        let accepted = Self.accepted(ServerHandshake.evaluate(Self.request(), configuration: configuration))
        #expect(accepted != nil && accepted?.subprotocol == nil)
    }

    /// Variations that must be taken.
    @Test(arguments: [
        ("Upgrade", "WebSocket"), ("Upgrade", "foo, websocket"), ("Connection", "keep-alive, Upgrade"),
        ("Connection", "keep-alive,\tupgrade ,x"), ("Connection", ",Upgrade,"), ("Sec-WebSocket-Version", " 13 "),
    ])
    func accepts(name: String, value: String) {
        #expect(Self.accepted(ServerHandshake.evaluate(Self.request([(name, value)]))) != nil)
    }

    @Test func acceptsLowerCaseNamesAndRepeatedLists() {
        var headers = HandshakeHeaders()
        for field in Self.headers.fields where field.name != "Connection" {
            headers.append(field.name.lowercased(), field.value)
        }
        headers.append("CONNECTION", "keep-alive")
        headers.append("connection", "Upgrade")
        headers.append("Content-Length", "0")
        let request = OpeningRequest(target: "/", headers: headers)
        #expect(Self.accepted(ServerHandshake.evaluate(request)) != nil)
    }

    /// Each rule of RFC 6455 §4.2.1 broken once.
    @Test(
        arguments: [
            ("Host", nil, 400), ("Upgrade", nil, 426), ("Upgrade", "websockets", 426), ("Connection", nil, 400),
            ("Connection", "keep-alive", 400), ("Connection", "upgraded", 400), ("Sec-WebSocket-Version", nil, 426),
            ("Sec-WebSocket-Version", "8", 426), ("Sec-WebSocket-Version", "13, 8", 426),
            ("Sec-WebSocket-Key", nil, 400),
            ("Sec-WebSocket-Key", "", 400), ("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ", 400),
            ("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25j", 400), ("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZSE=", 400),
            ("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==, dGhlIHNhbXBsZSBub25jZQ==", 400),
        ] as [(String, String?, Int)]
    )
    func refuses(name: String, value: String?, status: Int) throws {
        let refusal = try #require(Self.refused(ServerHandshake.evaluate(Self.request([(name, value)]))))
        #expect(refusal.status == status)
        #expect(!refusal.reason.isEmpty)
        if status == 426 {
            #expect(refusal.headers["Sec-WebSocket-Version"] == "13")
            #expect(refusal.headers["Upgrade"] == "websocket")
        }
    }

    @Test(arguments: [
        ("Host", "other.example.com"), ("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=="),
        ("Sec-WebSocket-Version", "13"), ("Content-Length", "1"), ("Content-Length", "00"),
        ("Content-Length", "0, 5"), ("Transfer-Encoding", "chunked"), ("Transfer-Encoding", "identity"),
    ])
    func refusesAdded(name: String, value: String) {
        #expect(Self.refused(ServerHandshake.evaluate(Self.request(added: [name: value]))) != nil)
    }

    @Test(arguments: [
        ("POST", "/", 1, 1, 405), ("get", "/", 1, 1, 405), ("GET", "/", 1, 0, 505), ("GET", "/", 2, 0, 505),
        ("GET", "/", 0, 9, 505), ("GET", "", 1, 1, 400), ("GET", "chat", 1, 1, 400), ("GET", "/a#b", 1, 1, 400),
        ("GET", "*", 1, 1, 400),
    ])
    func refusesTheRequestLine(method: String, target: String, major: Int, minor: Int, status: Int) {
        let request = OpeningRequest(
            method: method,
            target: target,
            majorVersion: major,
            minorVersion: minor,
            headers: Self.headers
        )
        #expect(Self.refused(ServerHandshake.evaluate(request))?.status == status)
    }
}

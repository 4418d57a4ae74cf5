// SPDX-License-Identifier: Apache-2.0
import Testing
import WebSocketWire

@Suite struct ClientHandshakeTests {
    static let nonce = Array("the sample nonce".utf8)
    static let answer: [(String, String)] = [
        ("Upgrade", "websocket"), ("Connection", "Upgrade"), ("Sec-WebSocket-Accept", "s3pPLMBiTxaQ9kYGzzhZRbK+xOo="),
    ]

    @Test func asksByTheLetter() {
        let handshake = ClientHandshake(nonce: Self.nonce, subprotocols: ["a", "b"], compression: .init())
        #expect(
            handshake.requestHeaders(host: "example.com:8443", additional: ["Authorization": "Bearer x"]) == [
                "Host": "example.com:8443", "Upgrade": "websocket", "Connection": "Upgrade",
                "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==", "Sec-WebSocket-Version": "13",
                "Sec-WebSocket-Protocol": "a, b",
                "Sec-WebSocket-Extensions": "permessage-deflate; client_max_window_bits", "Authorization": "Bearer x",
            ]
        )
    }

    @Test func takesTheAnswer() throws {
        let handshake = ClientHandshake(nonce: Self.nonce)
        let accepted = try handshake.check(status: 101, headers: headers(Self.answer))
        #expect(accepted.subprotocol == nil && accepted.compression == nil)
    }

    @Test(arguments: [
        (0, "Upgrade", "h2c", ClientHandshakeError.upgradeHeader), (1, "Connection", "close", .connectionHeader),
        (2, "Sec-WebSocket-Accept", "s3pPLMBiTxaQ9kYGzzhZRbK+xOO=", .acceptHeader), (2, "X", "", .acceptHeader),
        (0, "X", "", .upgradeHeader), (1, "X", "", .connectionHeader),
    ])
    func refusesAnother(index: Int, name: String, value: String, error: ClientHandshakeError) {
        var fields = Self.answer
        fields[index] = (name, value)
        let handshake = ClientHandshake(nonce: Self.nonce)
        #expect(throws: error) { try handshake.check(status: 101, headers: headers(fields)) }
    }

    @Test(arguments: [200, 301, 401, 404, 426, 503])
    func refusesAnotherStatus(status: Int) {
        let handshake = ClientHandshake(nonce: Self.nonce)
        #expect(throws: ClientHandshakeError.status(status)) {
            try handshake.check(status: status, headers: headers(Self.answer))
        }
    }

    @Test func refusesWhatItDidNotAskFor() throws {
        let handshake = ClientHandshake(nonce: Self.nonce, subprotocols: ["a"])
        #expect(throws: ClientHandshakeError.unaskedSubprotocol) {
            try handshake.check(status: 101, headers: headers(Self.answer + [("Sec-WebSocket-Protocol", "b")]))
        }
        #expect(throws: ClientHandshakeError.unaskedExtension) {
            try handshake.check(
                status: 101,
                headers: headers(Self.answer + [("Sec-WebSocket-Extensions", "permessage-deflate")])
            )
        }
        let good = try handshake.check(
            status: 101,
            headers: headers(Self.answer + [("sec-websocket-protocol", "a")])
        )
        #expect(good.subprotocol == "a")
    }

    private func headers(_ fields: [(String, String)]) -> HandshakeHeaders {
        HandshakeHeaders(fields.map { (name: $0.0, value: $0.1) })
    }
}

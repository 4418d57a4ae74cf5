// SPDX-License-Identifier: Apache-2.0

/// The server's half of the opening handshake (RFC 6455 §4.2).
package enum ServerHandshake {
    /// Judges a request by the letter of RFC 6455 §4.2.1.
    ///
    /// Authentication and routes are the caller's, before or after.
    ///
    /// - Parameters:
    ///   - request: The head of the request. Its body, if it announces one, is a reason to refuse.
    ///   - configuration: What the server offers.
    /// - Returns: What to answer.
    package static func evaluate(
        _ request: OpeningRequest,
        configuration: HandshakeConfiguration = HandshakeConfiguration()
    ) -> HandshakeDecision {
        if let refusal = refusal(of: request) {
            return .refuse(refusal)
        }
        guard let key = request.headers["Sec-WebSocket-Key"], let accept = try? HandshakeKey.accept(for: key) else {
            return .refuse(HandshakeRefusal(500, "SHA-1, which the handshake needs, is not available"))
        }
        var headers: HandshakeHeaders = [
            "Upgrade": "websocket", "Connection": "Upgrade", "Sec-WebSocket-Accept": accept,
        ]
        let subprotocol = configuration.subprotocols.first { name in
            request.headers.containsExactly("Sec-WebSocket-Protocol", token: name)
        }
        if let subprotocol {
            headers.append("Sec-WebSocket-Protocol", subprotocol)
        }
        let compression = configuration.compression.flatMap { wanted in
            CompressionNegotiation.answer(to: request.headers.values("Sec-WebSocket-Extensions"), wanted: wanted)
        }
        if let compression {
            headers.append("Sec-WebSocket-Extensions", compression.response)
        }
        return .accept(
            AcceptedHandshake(headers: headers, subprotocol: subprotocol, compression: compression?.parameters)
        )
    }

    /// Whether a request asks for an upgrade to WebSocket at all, right or wrong; others are plain HTTP.
    package static func isUpgrade(_ request: OpeningRequest) -> Bool {
        request.headers.contains("Upgrade", token: "websocket")
    }

    private static func refusal(of request: OpeningRequest) -> HandshakeRefusal? {
        let headers = request.headers
        guard request.majorVersion == 1, request.minorVersion >= 1 else {
            return HandshakeRefusal(505, "a WebSocket upgrade needs HTTP/1.1")
        }
        guard request.method == "GET" else {
            return HandshakeRefusal(405, "a WebSocket upgrade needs the method GET", headers: ["Allow": "GET"])
        }
        guard request.target.hasPrefix("/") || request.target.hasPrefix("http"), !request.target.contains("#") else {
            return HandshakeRefusal(400, "the request target must be a path or an http URL without a fragment")
        }
        guard headers.values("Host").count == 1 else {
            return HandshakeRefusal(400, "exactly one Host header is needed")
        }
        guard headers.values("Transfer-Encoding").isEmpty,
            headers.values("Content-Length").allSatisfy({ $0 == "0" })
        else {
            return HandshakeRefusal(400, "a WebSocket upgrade must not have a body")
        }
        guard headers.contains("Upgrade", token: "websocket") else {
            return HandshakeRefusal(426, "this address speaks WebSocket only", headers: upgradeHeaders)
        }
        guard headers.contains("Connection", token: "upgrade") else {
            return HandshakeRefusal(400, "the Connection header must list the token upgrade")
        }
        guard headers["Sec-WebSocket-Version"] == "13" else {
            return HandshakeRefusal(426, "only version 13 of WebSocket is spoken here", headers: upgradeHeaders)
        }
        let keys = headers.values("Sec-WebSocket-Key")
        guard keys.count == 1, HandshakeKey.isValid(keys[0]) else {
            return HandshakeRefusal(400, "exactly one Sec-WebSocket-Key of 16 bytes in base64 is needed")
        }
        return nil
    }

    /// What a 426 has to carry (RFC 9110 §15.5.22, RFC 6455 §4.4).
    private static let upgradeHeaders: HandshakeHeaders = [
        "Upgrade": "websocket", "Connection": "Upgrade", "Sec-WebSocket-Version": "13",
    ]
}

// SPDX-License-Identifier: Apache-2.0

/// The client's half of the opening handshake (RFC 6455 §4.1).
package struct ClientHandshake: Sendable {
    /// The value of `Sec-WebSocket-Key`.
    package let key: String
    private let subprotocols: [String]
    private let compression: CompressionConfiguration?

    /// Prepares a handshake.
    ///
    /// - Parameters:
    ///   - nonce: 16 random bytes, fresh for each connection.
    ///   - subprotocols: What to ask for, the preferred one first.
    ///   - compression: What to offer; `nil` offers nothing.
    package init(nonce: [UInt8], subprotocols: [String] = [], compression: CompressionConfiguration? = nil) {
        key = HandshakeKey.encode(nonce)
        self.subprotocols = subprotocols
        self.compression = compression
    }

    /// The headers of the GET request over HTTP/1.1.
    ///
    /// - Parameters:
    ///   - host: The value of `Host`: name, and port unless it is the scheme's own.
    ///   - additional: Further fields, such as `Authorization`.
    /// - Returns: The fields in the order in which they are to be sent.
    package func requestHeaders(host: String, additional: HandshakeHeaders = [:]) -> HandshakeHeaders {
        var headers: HandshakeHeaders = [
            "Host": host, "Upgrade": "websocket", "Connection": "Upgrade", "Sec-WebSocket-Key": key,
            "Sec-WebSocket-Version": "13",
        ]
        if !subprotocols.isEmpty {
            headers.append("Sec-WebSocket-Protocol", subprotocols.joined(separator: ", "))
        }
        if let compression {
            headers.append("Sec-WebSocket-Extensions", CompressionNegotiation.offer(compression))
        }
        for field in additional.fields {
            headers.append(field.name, field.value)
        }
        return headers
    }

    /// Checks the server's response.
    ///
    /// - Returns: What was agreed on; its headers are the response's.
    package func check(
        status: Int,
        headers: HandshakeHeaders
    ) throws(ClientHandshakeError) -> AcceptedHandshake {
        guard status == 101 else { throw .status(status) }
        guard let upgrade = headers["Upgrade"], HandshakeSyntax.equalIgnoringCase(upgrade, "websocket") else {
            throw .upgradeHeader
        }
        guard headers.contains("Connection", token: "upgrade") else { throw .connectionHeader }
        guard let accept = try? HandshakeKey.accept(for: key) else { throw .digest }
        guard headers["Sec-WebSocket-Accept"] == accept else { throw .acceptHeader }
        let subprotocol = headers["Sec-WebSocket-Protocol"]
        if let subprotocol, !subprotocols.contains(subprotocol) { throw .unaskedSubprotocol }
        return AcceptedHandshake(
            headers: headers,
            subprotocol: subprotocol,
            compression: try agreedCompression(headers)
        )
    }

    private func agreedCompression(
        _ headers: HandshakeHeaders
    ) throws(ClientHandshakeError) -> CompressionParameters? {
        guard let answers = ExtensionOffer.parse(headers.values("Sec-WebSocket-Extensions")) else {
            throw .unaskedExtension
        }
        guard let answer = answers.first else { return nil }
        guard answers.count == 1, let compression,
            let parameters = CompressionNegotiation.parameters(answering: answer, wanted: compression)
        else { throw .unaskedExtension }
        return parameters
    }
}

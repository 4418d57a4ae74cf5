// SPDX-License-Identifier: Apache-2.0
package import NIOCore
internal import WebSocketWire

/// What a stand-in for a server answers to an upgrade (RFC 6455 §4.2.2).
package enum AcceptedUpgrade {
    /// The answer that accepts a request; what is no request is accepted with an empty key, which its client refuses.
    package static func answer(to request: String) -> ByteBuffer {
        let key = request.split(separator: "Sec-WebSocket-Key: ").last?.prefix(24) ?? ""
        let accept = (try? HandshakeKey.accept(for: String(key))) ?? ""
        return ByteBuffer(
            string: """
                HTTP/1.1 101 Switching Protocols\r
                Upgrade: websocket\r
                Connection: Upgrade\r
                Sec-WebSocket-Accept: \(accept)\r
                \r\n
                """
        )
    }
}

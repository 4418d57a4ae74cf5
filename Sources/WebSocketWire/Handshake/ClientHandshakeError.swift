// SPDX-License-Identifier: Apache-2.0

/// The server's response does not open a WebSocket (RFC 6455 §4.1, the client's checks).
package enum ClientHandshakeError: Error, Equatable, Sendable, CustomStringConvertible {
    /// Not 101; the status tells why: 401 and 403 authentication, 404 the path, 503 a server that drains.
    case status(Int)
    /// `Upgrade` is not `websocket`.
    case upgradeHeader
    /// `Connection` does not list `upgrade`.
    case connectionHeader
    /// `Sec-WebSocket-Accept` is missing or does not answer the key.
    case acceptHeader
    /// A subprotocol that was not asked for.
    case unaskedSubprotocol
    /// An extension, or a parameter of it, that was not asked for.
    case unaskedExtension
    /// OpenSSL could not hash.
    case digest

    package var description: String {
        switch self {
        case .status(let status): "the server answered \(status) instead of 101; check address, path and credentials"
        case .upgradeHeader: "the server's Upgrade header is not websocket"
        case .connectionHeader: "the server's Connection header does not list upgrade"
        case .acceptHeader: "the server's Sec-WebSocket-Accept does not answer the key; is it a WebSocket server?"
        case .unaskedSubprotocol: "the server chose a subprotocol that was not asked for"
        case .unaskedExtension: "the server answered with an extension or parameter that was not asked for"
        case .digest: "SHA-1, which the handshake needs, is not available"
        }
    }
}

// SPDX-License-Identifier: Apache-2.0

/// Which side of the connection this is; it decides who masks (RFC 6455 §5.1) and who closes the socket (§7.1.1).
package enum WebSocketRole: Sendable, Equatable {
    /// Answered the opening handshake; takes masked frames and sends plain ones.
    case server
    /// Asked for the connection; takes plain frames and sends masked ones.
    case client
}

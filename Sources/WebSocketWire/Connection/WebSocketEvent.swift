// SPDX-License-Identifier: Apache-2.0

/// What came in.
///
/// The payload is read from the connection, before the next call that changes it.
package enum WebSocketEvent: Sendable, Equatable {
    /// A whole text message, valid UTF-8.
    case text
    /// A whole binary message.
    case binary
    /// A ping; its pong is already in the outbound bytes.
    case ping
    /// A pong.
    case pong
    /// The peer's close frame, with its code (``CloseCode/noStatus`` when it had none). The echo, where one is due, is
    /// in the outbound bytes; nothing that follows is read.
    case close(CloseCode)
}

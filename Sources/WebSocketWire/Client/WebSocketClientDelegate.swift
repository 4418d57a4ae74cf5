// SPDX-License-Identifier: Apache-2.0

/// Is told what happens on a client's WebSocket, on its event loop.
package protocol WebSocketClientDelegate: AnyObject {
    /// The server has agreed.
    func webSocketOpened()
    /// A text message, lent: the handler may not be called from inside, but from ``webSocketMessageEnded()``.
    func webSocketReceived(text: Span<UInt8>)
    /// The message was taken.
    func webSocketMessageEnded()
    /// Whether the connection takes more.
    func webSocketWritabilityChanged(_ isWritable: Bool)
    /// It is over, or never came about; told once, and not after `close()`.
    func webSocketClosed(_ end: WebSocketClientEnd)
}

/// How a client's WebSocket ended.
package enum WebSocketClientEnd: Sendable {
    /// The opening request was answered with another status than 101; with the answer's `Retry-After`.
    case refused(status: Int, retryAfter: String?)
    /// The connection broke, in words, with the error if there was one.
    case failed(String, (any Error)?)
    /// The server closed it.
    case closed(CloseCode, reason: String)
}

// SPDX-License-Identifier: Apache-2.0
package import NIOCore

extension WebSocketConnection {
    /// Begins the closing handshake; the close frame is appended to the outbound bytes.
    ///
    /// - Parameters:
    ///   - code: Why. A code that may not be sent becomes 1011, or 1000 for ``CloseCode/noStatus``.
    ///   - reason: In words, cut at 123 bytes of UTF-8.
    ///   - now: From when the peer's answer is waited for.
    /// - Returns: `false` when the connection is closing or closed already.
    @discardableResult
    package mutating func close(_ code: CloseCode, reason: String = "", at now: NIODeadline) -> Bool {
        let payload = ClosePayload(code: code, reason: reason)
        guard closing.closeLocally(payload.code, reason: payload.reason, now: now) else { return false }
        writer.write(payload, into: &outbound)
        return true
    }

    /// The transport has ended.
    ///
    /// Without a close frame before, the status becomes ``CloseCode/abnormal``.
    package mutating func transportClosed(reason: String = "connection lost") {
        closing.transportClosed(reason: reason)
        reader.discardAll()
    }
}

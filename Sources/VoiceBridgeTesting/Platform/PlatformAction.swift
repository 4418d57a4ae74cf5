// SPDX-License-Identifier: Apache-2.0

/// What the platform does next on its socket.
public enum PlatformAction: Sendable, Equatable {
    /// Sends a text message.
    case text(String)
    /// Sends a binary message.
    case binary([UInt8])
    /// Begins the closing handshake.
    case close(code: UInt16, reason: String)
    /// Closes the sending half of the transport.
    case halfClose
    /// Ends the transport without a close frame.
    case disconnect
    /// Reads nothing more.
    case stopReading
}

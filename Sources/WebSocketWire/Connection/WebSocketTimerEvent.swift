// SPDX-License-Identifier: Apache-2.0

/// What the passing of time brought about.
package enum WebSocketTimerEvent: Sendable, Equatable {
    /// A ping is in the outbound bytes: write them and call `pingDidLeave(at:)` when that write has completed.
    case pingQueued
    /// The peer has been silent for too long: close the transport. The connection is closed already.
    case peerSilent
    /// The closing handshake, or the server's closing of the socket, took too long: close the transport.
    case closeTimedOut
}

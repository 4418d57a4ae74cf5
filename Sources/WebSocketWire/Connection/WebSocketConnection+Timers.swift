// SPDX-License-Identifier: Apache-2.0
package import NIOCore

extension WebSocketConnection {
    /// When `handle(timeAt:)` is due next; `nil` when nothing waits for time.
    package var nextDeadline: NIODeadline? {
        switch closing.state {
        case .open: liveness?.deadline
        case .closing, .awaitingTransportClose: closing.deadline
        case .closed: nil
        }
    }

    /// Does what is due at `now`.
    ///
    /// Calls that come early do nothing.
    ///
    /// - Returns: What happened, or `nil`. Memory that buffers do not need goes back when a ping is due.
    package mutating func handle(timeAt now: NIODeadline) -> WebSocketTimerEvent? {
        if closing.handle(timeAt: now) {
            reader.discardAll()
            return .closeTimedOut
        }
        guard closing.maySend, let due = liveness?.handle(timeAt: now) else { return nil }
        switch due {
        case .ping:
            writer.write(.ping, Span(), into: &outbound)
            reader.releaseIdleMemory()
            deflater?.releaseIdleMemory()
            return .pingQueued
        case .peerSilent:
            transportClosed(reason: "neither message nor pong in time")
            return .peerSilent
        }
    }

    /// The write that carried a ping has completed: from now on its answer is waited for.
    package mutating func pingDidLeave(at now: NIODeadline) {
        liveness?.pingDidLeave(at: now)
    }
}

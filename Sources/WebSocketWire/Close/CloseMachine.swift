// SPDX-License-Identifier: Apache-2.0
package import NIOCore

/// The life of a connection from the upgrade to its end (RFC 6455 §7).
///
/// Inputs are sorted by who is at fault: what this side does too late (sending after close) is dropped and answered
/// with `false`; what the peer does wrong fails the connection elsewhere; what merely crosses on the wire is ignored.
package struct CloseMachine: Sendable, Equatable {
    /// Where the connection stands.
    package enum State: Sendable, Equatable {
        /// Messages flow both ways.
        case open
        /// This side's close frame is out; messages still come in until the peer answers or the deadline.
        case closing(deadline: NIODeadline)
        /// Both close frames are through; the client waits for the server to close the socket, until the deadline.
        case awaitingTransportClose(deadline: NIODeadline)
        /// Over: nothing is read or sent; the transport is to be closed once the outbound bytes are written.
        case closed
    }

    /// The current state.
    package private(set) var state = State.open
    /// How the connection ended, from the moment the first close frame was sent or received.
    package private(set) var status: CloseStatus?

    private let role: WebSocketRole
    private let timeout: TimeAmount

    /// Makes an open connection's machine.
    ///
    /// `timeout` bounds each wait for the peer.
    package init(role: WebSocketRole, timeout: TimeAmount) {
        self.role = role
        self.timeout = timeout
    }

    /// Whether this side may send messages.
    package var maySend: Bool { state == .open }

    /// Whether received bytes are still read.
    package var mayReceive: Bool {
        switch state {
        case .open, .closing: true
        case .awaitingTransportClose, .closed: false
        }
    }

    /// When `handle(timeAt:)` is due.
    package var deadline: NIODeadline? {
        switch state {
        case .closing(let deadline), .awaitingTransportClose(let deadline): deadline
        case .open, .closed: nil
        }
    }

    /// This side wants to close.
    ///
    /// - Returns: Whether a close frame is to be sent; `false` when one went out already.
    package mutating func closeLocally(_ code: CloseCode, reason: String, now: NIODeadline) -> Bool {
        guard case .open = state else { return false }
        status = CloseStatus(code: code, reason: reason, initiator: .local)
        state = .closing(deadline: now + timeout)
        return true
    }

    /// The peer's close frame came.
    ///
    /// - Returns: Whether it is to be echoed.
    package mutating func receiveClose(_ code: CloseCode, reason: String, now: NIODeadline) -> Bool {
        let afterHandshake = role == .server ? State.closed : .awaitingTransportClose(deadline: now + timeout)
        switch state {
        case .open:
            status = CloseStatus(code: code, reason: reason, initiator: .peer)
            state = afterHandshake
            return true
        case .closing:
            state = afterHandshake
            return false
        case .awaitingTransportClose, .closed:
            return false
        }
    }

    /// The peer broke the protocol (RFC 6455 §7.1.7): over at once.
    ///
    /// - Returns: Whether a close frame with the fault's code is to be sent.
    package mutating func fail(_ code: CloseCode, reason: String) -> Bool {
        let sends = state == .open
        if status == nil {
            status = CloseStatus(code: code, reason: reason, initiator: .local)
        }
        state = .closed
        return sends
    }

    /// The transport ended, or the peer was given up.
    package mutating func transportClosed(reason: String) {
        if status == nil {
            status = CloseStatus(code: .abnormal, reason: reason, initiator: .transport)
        }
        state = .closed
    }

    /// Whether the deadline has passed; then the connection is over.
    package mutating func handle(timeAt now: NIODeadline) -> Bool {
        guard let deadline, now >= deadline else { return false }
        state = .closed
        return true
    }
}

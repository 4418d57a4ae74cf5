// SPDX-License-Identifier: Apache-2.0

/// The server's side of one call without sockets, driven in virtual time.
///
/// Time counts from the end of the opening handshake. Nothing here may wait: what a server does on its own it does in
/// ``advance(to:)``.
public protocol VirtualServer {
    /// The platform sent a text message.
    mutating func receive(text: String, at now: Duration)
    /// The platform sent a binary message.
    mutating func receive(binary: [UInt8], at now: Duration)
    /// The platform's close frame came, or with a `nil` code the connection ended without one.
    mutating func receiveClose(code: UInt16?, at now: Duration)
    /// When ``advance(to:)`` has something to do; nil when only the platform can change that.
    var nextDeadline: Duration? { get }
    /// Does everything that is due at `now`.
    mutating func advance(to now: Duration)
    /// The next thing to send, in order; nil when there is none.
    mutating func nextOutput() -> VirtualServerOutput?
}

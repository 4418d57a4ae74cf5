// SPDX-License-Identifier: Apache-2.0

package import CallModel
package import NIOCore

/// The socket side of one call, as its engine sees it: a WebSocket on an event loop, or a test's stand-in.
package protocol CallTransport: AnyObject {
    /// Sends one text message.
    func send(text: ByteBuffer)
    /// Sends one binary message.
    func send(binary: ByteBuffer)
    /// Closes the WebSocket; messages sent before go first.
    func close(code: UInt16, reason: String)
}

/// Where a call lives: the one thread that touches it, and the clock it is timed by.
package protocol CallLoop: Sendable {
    /// Runs work on the call's thread, in order, later than the present turn.
    func execute(_ work: @escaping @Sendable () -> Void)
    /// The monotonic clock.
    var now: CallInstant { get }
    /// The event loop that the thread runs; nil where there is none.
    var eventLoop: (any EventLoop)? { get }
}

extension CallLoop {
    package var eventLoop: (any EventLoop)? { nil }
}

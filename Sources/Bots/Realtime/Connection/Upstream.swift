// SPDX-License-Identifier: Apache-2.0

package import NIOCore

/// Makes connections to the service: over sockets, or in tests within the process.
package protocol UpstreamConnector: Sendable {
    /// Begins to connect, on a call's event loop, and tells the delegate what comes of it there.
    func connect(on loop: (any EventLoop)?, delegate: any UpstreamDelegate) -> any UpstreamConnection
}

/// A connection to the service, on its way or there.
package protocol UpstreamConnection: AnyObject {
    /// Gathers one text.
    func send(text: Span<UInt8>)
    /// Sends what has gathered.
    func flush()
    /// Gives the connection up; the delegate hears of it no more.
    func close()
}

/// Is told what happens on a connection to the service, on the call's event loop.
package protocol UpstreamDelegate: AnyObject {
    /// The service takes texts.
    func upstreamOpened()
    /// The service sent a text, lent: the connection may not be used from inside.
    func upstreamReceived(_ text: Span<UInt8>)
    /// The text was taken.
    func upstreamMessageEnded()
    /// Whether the connection takes more.
    func upstreamWritabilityChanged(_ isWritable: Bool)
    /// The connection ended, or did not come about.
    func upstreamClosed(_ end: UpstreamEnd)
}

// SPDX-License-Identifier: Apache-2.0

/// What is negotiated on a route's sockets, and how a dead peer is found (`websocket`).
package struct WebSocketSettings: Sendable, Equatable {
    /// `compression`: whether an offer of permessage-deflate (RFC 7692) is taken.
    ///
    /// Default false: base64 audio does not repay it.
    package var compression: Bool
    /// `subprotocols`: names we speak, best first (RFC 6455 §1.9).
    ///
    /// Default none, then none is chosen.
    package var subprotocols: [String]
    /// `ping_interval`: time between our pings, 1 s…10 min.
    ///
    /// Default 20 s, under the 60 s after which proxies give up.
    package var pingInterval: Duration
    /// `peer_timeout`: neither a message nor a pong for this long ends the call with close 1001; 2 s…30 min and longer
    /// than `ping_interval`.
    ///
    /// Default 30 s.
    package var peerTimeout: Duration

    /// Settings of a route; the defaults are those of an empty entry.
    package init(
        compression: Bool = false,
        subprotocols: [String] = [],
        pingInterval: Duration = .seconds(20),
        peerTimeout: Duration = .seconds(30)
    ) {
        self.compression = compression
        self.subprotocols = subprotocols
        self.pingInterval = pingInterval
        self.peerTimeout = peerTimeout
    }
}

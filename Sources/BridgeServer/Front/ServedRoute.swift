// SPDX-License-Identifier: Apache-2.0

import BridgeConfiguration
import CallModel
import WebSocketWire

/// A route as the listener serves it: checked, with its bot made.
struct ServedRoute: Sendable {
    /// Its place in the configuration, by which its calls are counted.
    var index: Int
    /// Its path.
    var path: String
    /// What a request must show.
    var authenticator: Authenticator
    /// What is offered in the opening handshake.
    var handshake: HandshakeConfiguration
    /// How its sockets behave; compression is filled in by the handshake.
    var webSocket: WebSocketConfiguration
    /// Calls at a time.
    var maximumCalls: Int
    /// What its calls have in common.
    var call: CallRoute
}

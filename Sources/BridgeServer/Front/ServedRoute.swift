// SPDX-License-Identifier: Apache-2.0

import BridgeConfiguration
import CallModel
import WebSocketWire

/// A route as the listener serves it: checked, with its bot made.
struct ServedRoute: Sendable {
    /// Its path, by which its calls are counted.
    var path: String
    /// What a request must show: at least one door.
    var doors: [RouteDoor]
    /// What is offered in the opening handshake.
    var handshake: HandshakeConfiguration
    /// How its sockets behave; compression is filled in by the handshake.
    var webSocket: WebSocketConfiguration
    /// What its calls have in common.
    var call: CallRoute
}

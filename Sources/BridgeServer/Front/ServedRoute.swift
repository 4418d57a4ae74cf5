// SPDX-License-Identifier: Apache-2.0

import BridgeConfiguration
import CallModel
import VoiceBridge
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
    /// Where its calls go when the server stops, by tenant; none for nowhere.
    var handOvers: [String?: HandOverDestination]
    /// What callers hear who are left when the time to stop is over; nil for nothing.
    var goodbye: Prompt?
    /// What its calls have in common.
    var call: CallRoute
}

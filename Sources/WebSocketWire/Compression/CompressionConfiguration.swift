// SPDX-License-Identifier: Apache-2.0

/// What this side wants of permessage-deflate (RFC 7692 §7.1) when it negotiates.
package struct CompressionConfiguration: Sendable, Equatable {
    /// The largest window the server may use, as a base-2 logarithm from 9 to 15; a client offers it when below 15.
    package var serverMaxWindowBits: Int
    /// The largest window the client may use, as a base-2 logarithm from 9 to 15.
    package var clientMaxWindowBits: Int
    /// Whether the server is to start each message with an empty window: less memory, less compression.
    package var serverNoContextTakeover: Bool
    /// In the client role, whether to promise an empty window for each of its own messages.
    ///
    /// A server never asks for it unless the client offered it.
    package var clientNoContextTakeover: Bool

    /// Makes a configuration; values outside 9…15 are moved to the nearer end.
    package init(
        serverMaxWindowBits: Int = 15,
        clientMaxWindowBits: Int = 15,
        serverNoContextTakeover: Bool = false,
        clientNoContextTakeover: Bool = false
    ) {
        self.serverMaxWindowBits = min(max(serverMaxWindowBits, 9), 15)
        self.clientMaxWindowBits = min(max(clientMaxWindowBits, 9), 15)
        self.serverNoContextTakeover = serverNoContextTakeover
        self.clientNoContextTakeover = clientNoContextTakeover
    }
}

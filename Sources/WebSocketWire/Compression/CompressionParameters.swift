// SPDX-License-Identifier: Apache-2.0

/// What both sides agreed on for permessage-deflate (RFC 7692 §7.1).
package struct CompressionParameters: Sendable, Equatable {
    /// Whether the server starts each message with an empty window (§7.1.1.1).
    package var serverNoContextTakeover: Bool
    /// Whether the client starts each message with an empty window (§7.1.1.2).
    package var clientNoContextTakeover: Bool
    /// The base-2 logarithm of the server's window: 9 to 15 (§7.1.2.1; 8 is declined, raw deflate cannot do it).
    package var serverMaxWindowBits: Int
    /// The base-2 logarithm of the client's window: 8 to 15 (§7.1.2.2).
    package var clientMaxWindowBits: Int

    /// Makes parameters; the defaults are those of an answer that names none.
    package init(
        serverNoContextTakeover: Bool = false,
        clientNoContextTakeover: Bool = false,
        serverMaxWindowBits: Int = 15,
        clientMaxWindowBits: Int = 15
    ) {
        self.serverNoContextTakeover = serverNoContextTakeover
        self.clientNoContextTakeover = clientNoContextTakeover
        self.serverMaxWindowBits = serverMaxWindowBits
        self.clientMaxWindowBits = clientMaxWindowBits
    }
}

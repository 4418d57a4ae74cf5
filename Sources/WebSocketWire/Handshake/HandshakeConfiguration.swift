// SPDX-License-Identifier: Apache-2.0

/// What a server offers in the opening handshake.
package struct HandshakeConfiguration: Sendable, Equatable {
    /// The subprotocols spoken, the preferred one first; none by default, then none is chosen.
    package var subprotocols: [String]
    /// How to compress if the client offers it; `nil`, the default, declines.
    package var compression: CompressionConfiguration?

    /// Makes a configuration.
    package init(subprotocols: [String] = [], compression: CompressionConfiguration? = nil) {
        self.subprotocols = subprotocols
        self.compression = compression
    }
}

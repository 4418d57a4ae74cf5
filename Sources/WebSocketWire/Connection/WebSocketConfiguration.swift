// SPDX-License-Identifier: Apache-2.0
package import NIOCore

/// How one side of a connection behaves after the upgrade.
package struct WebSocketConfiguration: Sendable {
    /// Which side this is.
    package var role: WebSocketRole
    /// What one message may cost.
    package var limits: MessageLimits
    /// How often a ping is sent, traffic or not.
    ///
    /// `nil` sends none and never gives the peer up. Default 20 s.
    package var pingInterval: TimeAmount?
    /// After how long without a byte from the peer it is given up.
    ///
    /// Default 30 s; counted from no earlier than what leaves a sent ping the difference to ``pingInterval`` to be
    /// answered.
    package var livenessTimeout: TimeAmount
    /// How long the closing handshake, and for a client the server's closing of the socket, may take.
    ///
    /// Default 5 s.
    package var closeTimeout: TimeAmount
    /// What the handshake agreed on; `nil` for no compression.
    package var compression: CompressionParameters?
    /// Messages shorter than this, in bytes, are sent uncompressed.
    ///
    /// Default 64.
    package var minimumCompressedBytes: Int
    /// Where a client's masking keys come from.
    package var maskingKeys: MaskingKeys

    /// Makes a configuration with the defaults of its properties.
    package init(
        role: WebSocketRole,
        limits: MessageLimits = MessageLimits(),
        pingInterval: TimeAmount? = .seconds(20),
        livenessTimeout: TimeAmount = .seconds(30),
        closeTimeout: TimeAmount = .seconds(5),
        compression: CompressionParameters? = nil,
        minimumCompressedBytes: Int = 64,
        maskingKeys: MaskingKeys = .secure
    ) {
        self.role = role
        self.limits = limits
        self.pingInterval = pingInterval
        self.livenessTimeout = livenessTimeout
        self.closeTimeout = closeTimeout
        self.compression = compression
        self.minimumCompressedBytes = minimumCompressedBytes
        self.maskingKeys = maskingKeys
    }
}

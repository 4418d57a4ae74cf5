// SPDX-License-Identifier: Apache-2.0

/// User events that ``TLSHandler`` fires inward.
package enum TLSEvent: Sendable, Hashable {
    /// The handshake is done, and the peer verified as far as the settings ask. Fired once, before the first data.
    case handshakeCompleted(TLSNegotiation)
}

// SPDX-License-Identifier: Apache-2.0

/// A request that is answered with 101: what to send, and what was agreed on.
package struct AcceptedHandshake: Sendable, Equatable {
    /// The header fields of the response; the status is 101 Switching Protocols, without a body.
    package var headers: HandshakeHeaders
    /// The chosen subprotocol, if any.
    package var subprotocol: String?
    /// The compression agreed on, if any.
    package var compression: CompressionParameters?
}

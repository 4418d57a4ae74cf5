// SPDX-License-Identifier: Apache-2.0

/// The server's answer to an opening request.
package enum HandshakeDecision: Sendable, Equatable {
    /// Answer 101 and go on with frames.
    case accept(AcceptedHandshake)
    /// Answer with an HTTP error.
    case refuse(HandshakeRefusal)
}

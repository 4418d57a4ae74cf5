// SPDX-License-Identifier: Apache-2.0

/// What both sides agreed on.
package struct TLSNegotiation: Sendable, Hashable {
    /// The version.
    package let version: TLSVersion

    /// The suite's name, such as `TLS_AES_128_GCM_SHA256`.
    package let suite: String

    /// The protocol chosen by ALPN, such as `http/1.1`; nil when none was.
    package let applicationProtocol: String?

    /// Whether an earlier session was taken up.
    package let isResumed: Bool

    /// The name that the client asked for by SNI.
    package let serverName: String?

    /// The subject of the peer's certificate as RFC 2253 writes it; nil when it showed none.
    ///
    /// On a server it is verified; on a client it is unless verification is `none`.
    package let peerSubject: String?
}

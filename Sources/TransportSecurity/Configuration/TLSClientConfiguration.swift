// SPDX-License-Identifier: Apache-2.0

/// Whom a TLS client trusts and what it shows.
package struct TLSClientConfiguration: Sendable, Hashable {
    /// The authorities that a server's certificate must lead to.
    package enum TrustRoots: Sendable, Hashable {
        /// The system's (on Debian the package `ca-certificates`); `SSL_CERT_FILE` and `SSL_CERT_DIR` replace them.
        case system
        /// These alone.
        case only(PEMSource)
    }

    /// How a server is verified.
    package enum Verification: Sendable, Hashable {
        /// Its chain leads to a root, and its certificate is for the name or IP address that was asked for.
        case full
        /// Not at all: whoever answers is believed. For tests against a made certificate only.
        case none
    }

    /// A certificate of ours, shown when the server asks.
    package struct Identity: Sendable, Hashable {
        /// Our certificate first, then the intermediate ones in order.
        package var certificateChain: PEMSource
        /// The private key of the first certificate, without passphrase.
        package var privateKey: PEMSource

        /// An identity of these.
        package init(certificateChain: PEMSource, privateKey: PEMSource) {
            self.certificateChain = certificateChain
            self.privateKey = privateKey
        }
    }

    /// The authorities; the system's unless told otherwise.
    package var trustRoots: TrustRoots = .system

    /// How a server is verified; full unless told otherwise.
    package var verification: Verification = .full

    /// A certificate of ours, if servers ask for one.
    package var identity: Identity?

    /// The protocols offered by ALPN (RFC 7301), best first; empty: none.
    package var applicationProtocols: [String] = ["http/1.1"]

    /// The oldest version spoken.
    package var minimumVersion: TLSVersion = .v1_2

    /// The newest version spoken.
    package var maximumVersion: TLSVersion = .v1_3

    /// How long a handshake may take from the connection on before the connection is closed.
    package var handshakeTimeout: Duration = .seconds(10)

    /// How long a close waits for the peer's close_notify, and a refusal for the peer to read it.
    package var closeTimeout: Duration = .seconds(1)

    /// A client that verifies fully by the system's roots.
    package init() {}
}

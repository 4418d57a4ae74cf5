// SPDX-License-Identifier: Apache-2.0

/// What a TLS server shows and asks for.
package struct TLSServerConfiguration: Sendable, Hashable {
    /// Whether clients show a certificate.
    package enum ClientVerification: Sendable, Hashable {
        /// None is asked for.
        case none
        /// One is asked for; when given it must lead to the authorities.
        case optional(authorities: PEMSource)
        /// Without one that leads to the authorities the handshake fails.
        case required(authorities: PEMSource)
    }

    /// The server's certificate first, then the intermediate ones in order.
    package var certificateChain: PEMSource

    /// The private key of the first certificate, without passphrase.
    package var privateKey: PEMSource

    /// Whether clients show a certificate; `none` unless told otherwise.
    package var clientVerification: ClientVerification = .none

    /// The protocols offered by ALPN (RFC 7301), best first.
    ///
    /// A client that offers only others is refused; one that offers none is served. Empty: ALPN is ignored.
    package var applicationProtocols: [String] = ["http/1.1"]

    /// The oldest version spoken.
    package var minimumVersion: TLSVersion = .v1_2

    /// The newest version spoken.
    package var maximumVersion: TLSVersion = .v1_3

    /// How long a handshake may take from the connection on before the connection is closed.
    package var handshakeTimeout: Duration = .seconds(10)

    /// How long a close waits for the peer's close_notify, and a refusal for the peer to read it.
    package var closeTimeout: Duration = .seconds(1)

    /// Serve although the certificate has expired: clients that verify will not come in.
    package var acceptsExpiredCertificate = false

    /// A server with this certificate; the rest as the properties say.
    package init(certificateChain: PEMSource, privateKey: PEMSource) {
        self.certificateChain = certificateChain
        self.privateKey = privateKey
    }
}

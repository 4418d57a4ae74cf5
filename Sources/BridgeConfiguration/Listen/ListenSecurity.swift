// SPDX-License-Identifier: Apache-2.0

/// How the sockets of the public port are secured.
package enum ListenSecurity: Sendable, Equatable {
    /// `plain: true`: `ws://`, for a TLS-terminating proxy in front or for trials.
    case plain
    /// `tls: self-signed`: a certificate made at start.
    ///
    /// Loopback only; no platform would trust it.
    case selfSigned
    /// `tls: {certificate, key, …}`: `wss://` with a certificate from files.
    case certificate(CertificateFiles)
}

/// The files behind `wss://`, and whether clients must show a certificate of their own (`listen.tls`).
package struct CertificateFiles: Sendable, Equatable {
    /// Whether a client is asked for a certificate.
    package enum ClientCertificates: String, Sendable, CaseIterable {
        /// Not asked for.
        case none
        /// Asked for; a client without one is served, one with a wrong one is not.
        case optional
        /// Demanded.
        case required
    }

    /// `certificate`: PEM file with the certificate, its chain after it.
    package var certificate: String
    /// `key`: PEM file with the private key of that certificate.
    package var key: String
    /// `client_ca`: PEM file with the authorities whose client certificates are good.
    ///
    /// Default none.
    package var clientAuthorities: String?
    /// `client_certificates`.
    ///
    /// Default `none`, or `required` when `client_ca` is given.
    package var clientCertificates: ClientCertificates

    /// The files of a certificate.
    package init(
        certificate: String,
        key: String,
        clientAuthorities: String? = nil,
        clientCertificates: ClientCertificates = .none
    ) {
        self.certificate = certificate
        self.key = key
        self.clientAuthorities = clientAuthorities
        self.clientCertificates = clientCertificates
    }
}

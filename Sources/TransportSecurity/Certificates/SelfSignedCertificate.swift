// SPDX-License-Identifier: Apache-2.0
import COpenSSL

/// A made certificate with its key: for a server on loopback that was given none, and for tests.
package struct SelfSignedCertificate: Sendable {
    /// The certificate as PEM text; as a client's only trust root it verifies this server.
    package let certificate: [UInt8]

    /// The private key (P-256, PKCS #8, without passphrase) as PEM text.
    ///
    /// Write it nowhere that others can read.
    package let privateKey: [UInt8]

    /// The names of the own machine.
    package static let loopbackHosts = ["localhost", "127.0.0.1", "::1"]

    /// Makes a key and a certificate signed by it.
    /// - Parameters:
    ///   - hosts: Names and IP addresses that it is for (subject alternative names); at least one, 100 at most.
    ///   - validity: How long it is valid, from five minutes ago on. At least a second.
    /// - Returns: Both PEM texts.
    /// - Throws: ``TLSError`` with `badSettings` for a host that is neither a name nor an address.
    package static func make(
        hosts: [String] = loopbackHosts,
        validFor validity: Duration = .seconds(30 * 86_400)
    ) throws(TLSError) -> SelfSignedCertificate {
        guard (1...100).contains(hosts.count) else {
            throw TLSError(.badSettings, "a certificate is made for 1 to 100 hosts, not \(hosts.count)")
        }
        var names: [ServerName] = []
        for host in hosts { names.append(try ServerName(host)) }
        let (certificate, key) = try CertificateMaker.make(names, seconds: validity.components.seconds)
        return SelfSignedCertificate(certificate: certificate, privateKey: key)
    }

    /// A server's settings with this certificate.
    package var serverConfiguration: TLSServerConfiguration {
        TLSServerConfiguration(certificateChain: .bytes(certificate), privateKey: .bytes(privateKey))
    }
}

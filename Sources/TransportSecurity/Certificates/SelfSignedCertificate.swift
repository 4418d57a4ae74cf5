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
    ///   - hosts: Names, `*.` with a name, and IP addresses that it is for (subject alternative names); 1 to 100.
    ///   - validity: How long it is valid from its beginning on: from a second to 100 years.
    ///   - beginning: When that is, counted from now; five minutes ago, for peers whose clock is late.
    /// - Returns: Both PEM texts.
    /// - Throws: ``TLSError`` with `badSettings` for a host that is neither a name nor an address.
    package static func make(
        hosts: [String] = loopbackHosts,
        validFor validity: Duration = .seconds(30 * 86_400),
        from beginning: Duration = .seconds(-300)
    ) throws(TLSError) -> SelfSignedCertificate {
        guard (1...100).contains(hosts.count) else {
            throw TLSError(.badSettings, "a certificate is made for 1 to 100 hosts, not \(hosts.count)")
        }
        var names: [String] = []
        for host in hosts { names.append(try alternativeName(host)) }
        let limit: Int64 = 36_525 * 86_400
        let (start, length) = (beginning.components.seconds, validity.components.seconds)
        guard (1...limit).contains(length), (-limit...limit).contains(start) else {
            throw TLSError(.badSettings, "a certificate is valid for a second to 100 years, not \(validity)")
        }
        let (certificate, key) = try CertificateMaker.make(hosts[0], names, valid: start...(start + length))
        return SelfSignedCertificate(certificate: certificate, privateKey: key)
    }

    private static func alternativeName(_ host: String) throws(TLSError) -> String {
        if host.hasPrefix("*.") {
            let parent = try ServerName(String(host.dropFirst(2)))
            if !parent.isAddress { return "DNS:*." + parent.text }
        }
        let name = try ServerName(host)
        return (name.isAddress ? "IP:" : "DNS:") + name.text
    }

    /// A server's settings with this certificate.
    package var serverConfiguration: TLSServerConfiguration {
        TLSServerConfiguration(certificateChain: .bytes(certificate), privateKey: .bytes(privateKey))
    }
}

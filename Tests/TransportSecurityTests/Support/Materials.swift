// SPDX-License-Identifier: Apache-2.0
import TransportSecurity

/// Certificates and contexts that tests share.
struct Materials {
    let certificate: SelfSignedCertificate

    init(hosts: [String] = SelfSignedCertificate.loopbackHosts) throws {
        certificate = try SelfSignedCertificate.make(hosts: hosts)
    }

    func server(_ change: (inout TLSServerConfiguration) -> Void = { _ in }) throws -> TLSContext {
        var configuration = certificate.serverConfiguration
        change(&configuration)
        return try TLSContext(configuration)
    }

    /// A client that trusts the certificate alone.
    func client(_ change: (inout TLSClientConfiguration) -> Void = { _ in }) throws -> TLSContext {
        var configuration = TLSClientConfiguration()
        configuration.trustRoots = .only(.bytes(certificate.certificate))
        change(&configuration)
        return try TLSContext(configuration)
    }
}

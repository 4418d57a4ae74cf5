// SPDX-License-Identifier: Apache-2.0
import TransportSecurity

/// A certificate in files, and clients that trust it.
struct Certificates {
    let folder: TemporaryFolder
    let certificate: SelfSignedCertificate

    init() throws {
        folder = try TemporaryFolder()
        certificate = try SelfSignedCertificate.make(hosts: SelfSignedCertificate.loopbackHosts)
        try folder.write("certificate.pem", certificate.certificate)
        try folder.write("key.pem", certificate.privateKey)
    }

    /// An open route behind this certificate.
    var yaml: String { yaml(adding: "") }

    func yaml(adding more: String) -> String {
        """
        listen: {port: 0, tls: {certificate: \(folder.path)/certificate.pem, key: \(folder.path)/key.pem\(more)}}
        admin: {port: 0}
        routes: [{authentication: {none: true}, bot: test}]
        """
    }

    /// A client that trusts one certificate and shows another, if any.
    static func client(
        trusting certificate: SelfSignedCertificate,
        showing own: SelfSignedCertificate? = nil
    ) throws -> TLSContext {
        var configuration = TLSClientConfiguration()
        configuration.trustRoots = .only(.bytes(certificate.certificate))
        configuration.identity = own.map {
            TLSClientConfiguration.Identity(
                certificateChain: .bytes($0.certificate),
                privateKey: .bytes($0.privateKey)
            )
        }
        return try TLSContext(configuration)
    }

    func client() throws -> TLSContext { try Self.client(trusting: certificate) }
}

// SPDX-License-Identifier: Apache-2.0
import COpenSSL

extension TLSContext {
    /// Gives the context a certificate with its key, both checked.
    func use(
        chain source: PEMSource,
        key keySource: PEMSource,
        acceptsExpired: Bool
    ) throws(TLSError) {
        let chain = try CertificateChain(source)
        let key = try PrivateKey(keySource)
        try chain.check(key)
        if !acceptsExpired { try chain.checkValidity() }
        OpenSSLFailure.clear()
        guard let issuers = unsafe voicebridge_certificates_new() else { throw Self.failed("no memory for the chain") }
        defer { unsafe voicebridge_certificates_free(issuers) }
        for issuer in chain.certificates.dropFirst() {
            guard unsafe voicebridge_certificates_push(issuers, issuer.pointer) > 0 else {
                throw Self.failed("no memory for the chain")
            }
        }
        guard unsafe SSL_CTX_use_cert_and_key(pointer, chain.leaf.pointer, key.pointer, issuers, 1) == 1 else {
            throw TLSError(
                .badCertificate,
                "certificate \(chain.name) cannot be used: \(OpenSSLFailure.take().text)"
            )
        }
    }

    /// Trusts the authorities; they alone unless the system's were loaded too.
    /// - Returns: The authorities, for a server to name to its clients.
    @discardableResult
    func trust(_ source: PEMSource, as what: String) throws(TLSError) -> CertificateChain {
        let authorities = try CertificateChain(source, as: what)
        OpenSSLFailure.clear()
        let store = unsafe SSL_CTX_get_cert_store(pointer)
        for (index, authority) in authorities.certificates.enumerated() {
            guard unsafe X509_STORE_add_cert(store, authority.pointer) == 1 else {
                let reason = OpenSSLFailure.take().text
                throw TLSError(.badCertificate, "\(what) \(authorities.name): certificate \(index + 1): \(reason)")
            }
        }
        return authorities
    }
}

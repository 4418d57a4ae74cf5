// SPDX-License-Identifier: Apache-2.0
import COpenSSL

/// Builds a self-signed certificate (RFC 5280, version 3, ECDSA P-256 with SHA-256).
enum CertificateMaker {
    /// Both PEM texts.
    /// - Parameters:
    ///   - subject: The common name.
    ///   - alternatives: Names in OpenSSL's notation, such as `DNS:localhost`; at least one, checked.
    ///   - validity: Seconds from now.
    /// - Returns: Certificate and key.
    /// - Throws: ``TLSError`` with `libraryFailure`.
    static func make(
        _ subject: String,
        _ alternatives: [String],
        valid validity: ClosedRange<Int64>
    ) throws(TLSError) -> (certificate: [UInt8], key: [UInt8]) {
        voicebridge_openssl_begin()
        OpenSSLFailure.clear()
        defer { OpenSSLFailure.clear() }
        guard let key = unsafe voicebridge_generate_p256() else { throw failed() }
        defer { unsafe EVP_PKEY_free(key) }
        guard let certificate = unsafe X509_new() else { throw failed() }
        defer { unsafe X509_free(certificate) }
        guard
            unsafe X509_set_version(certificate, 2) == 1,
            unsafe setSerial(certificate),
            unsafe setValidity(certificate, validity),
            unsafe setNames(certificate, subject),
            unsafe X509_set_pubkey(certificate, key) == 1,
            unsafe add(NID_basic_constraints, "critical,CA:FALSE", to: certificate),
            unsafe add(NID_key_usage, "critical,digitalSignature", to: certificate),
            unsafe add(NID_ext_key_usage, "serverAuth,clientAuth", to: certificate),
            unsafe add(NID_subject_key_identifier, "hash", to: certificate),
            unsafe add(NID_subject_alt_name, alternatives.joined(separator: ","), to: certificate),
            unsafe X509_sign(certificate, key, EVP_sha256()) > 0
        else { throw failed() }
        let certificateText = unsafe written { unsafe PEM_write_bio_X509($0, certificate) }
        let keyText = unsafe written { unsafe voicebridge_write_private_key($0, key) }
        guard let certificateText, let keyText else { throw failed() }
        return (certificateText, keyText)
    }

    private static func failed() -> TLSError {
        TLSError(.libraryFailure, "no certificate could be made: \(OpenSSLFailure.take().text)")
    }

    private static func setSerial(_ certificate: OpaquePointer) -> Bool {
        var random = [UInt8](repeating: 0, count: 16)
        guard unsafe RAND_bytes(&random, 16) == 1 else { return false }
        random[0] = random[0] & 0x3F | 0x40
        guard let number = unsafe BN_bin2bn(random, 16, nil) else { return false }
        defer { unsafe BN_free(number) }
        return unsafe BN_to_ASN1_INTEGER(number, X509_get_serialNumber(certificate)) != nil
    }

    private static func setValidity(_ certificate: OpaquePointer, _ validity: ClosedRange<Int64>) -> Bool {
        let (begin, end) = (Int(validity.lowerBound), Int(validity.upperBound))
        guard unsafe X509_gmtime_adj(X509_getm_notBefore(certificate), begin) != nil else { return false }
        return unsafe X509_gmtime_adj(X509_getm_notAfter(certificate), end) != nil
    }

    private static func setNames(_ certificate: OpaquePointer, _ name: String) -> Bool {
        guard let subject = unsafe X509_get_subject_name(certificate) else { return false }
        let text = Array(name.utf8.prefix(64))
        let added = unsafe X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_UTF8, text, Int32(text.count), -1, 0)
        guard added == 1 else { return false }
        return unsafe X509_set_issuer_name(certificate, subject) == 1
    }

    private static func add(_ identifier: Int32, _ value: String, to certificate: OpaquePointer) -> Bool {
        var context = unsafe X509V3_CTX()
        unsafe X509V3_set_ctx(&context, certificate, certificate, nil, nil, 0)
        guard let part = unsafe X509V3_EXT_conf_nid(nil, &context, identifier, value) else { return false }
        defer { unsafe X509_EXTENSION_free(part) }
        return unsafe X509_add_ext(certificate, part, -1) == 1
    }

    private static func written(_ write: (OpaquePointer) -> Int32) -> [UInt8]? {
        guard let bio = unsafe BIO_new(BIO_s_mem()) else { return nil }
        defer { unsafe BIO_free(bio) }
        return unsafe write(bio) == 1 ? unsafe MemoryBIO.contents(of: bio) : nil
    }
}

// SPDX-License-Identifier: Apache-2.0
import COpenSSL

/// One X.509 certificate (RFC 5280), owned.
///
/// Safe: the pointer lives as long as the object and stays in this room.
@safe final class Certificate {
    let pointer: OpaquePointer

    /// Takes over a reference.
    init(owning pointer: OpaquePointer) { unsafe self.pointer = pointer }

    deinit { unsafe X509_free(pointer) }

    /// The subject as RFC 2253 writes it, such as `CN=bridge`; at most 256 characters.
    var subject: String {
        unsafe Certificate.text { bio in
            unsafe voicebridge_print_name(bio, X509_get_subject_name(pointer)) >= 0
        }
    }

    /// The end of validity, such as `Nov 21 10:00:00 2026 GMT`.
    var notAfter: String { unsafe Certificate.text { unsafe ASN1_TIME_print($0, X509_get0_notAfter(pointer)) == 1 } }

    /// The begin of validity.
    var notBefore: String { unsafe Certificate.text { unsafe ASN1_TIME_print($0, X509_get0_notBefore(pointer)) == 1 } }

    /// Whether validity has ended.
    var hasExpired: Bool { unsafe X509_cmp_current_time(X509_get0_notAfter(pointer)) < 0 }

    /// Whether validity has not begun.
    var isNotYetValid: Bool { unsafe X509_cmp_current_time(X509_get0_notBefore(pointer)) > 0 }

    /// Whether the private key belongs to the certificate.
    func matches(_ key: PrivateKey) -> Bool {
        defer { OpenSSLFailure.clear() }
        return unsafe X509_check_private_key(pointer, key.pointer) == 1
    }

    private static func text(_ print: (OpaquePointer) -> Bool) -> String {
        guard let bio = unsafe BIO_new(BIO_s_mem()) else { return "" }
        defer { unsafe BIO_free(bio) }
        guard unsafe print(bio) else { return "" }
        return String(decoding: unsafe MemoryBIO.contents(of: bio).prefix(256), as: UTF8.self)
    }
}

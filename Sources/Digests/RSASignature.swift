// SPDX-License-Identifier: Apache-2.0

internal import COpenSSL

/// Signatures with an RSA key (RSASSA-PKCS1-v1_5, RFC 8017 §8.2), as JSON Web Tokens have them (`RS256`, RFC 7518 §3.3).
package enum RSASignature {
    /// Signs the SHA-256 of a message.
    ///
    /// - Parameters:
    ///   - message: what is signed.
    ///   - pem: the private key in PEM, without a passphrase.
    /// - Returns: the signature, as long as the key's modulus.
    /// - Throws: `DigestError` when the key cannot be read or is no RSA key.
    package static func sha256(_ message: [UInt8], privateKey pem: [UInt8]) throws(DigestError) -> [UInt8] {
        voicebridge_openssl_begin()
        guard let key = unsafe read(pem) else { throw DigestError(operation: "PEM_read_bio_PrivateKey") }
        defer { unsafe EVP_PKEY_free(key) }
        guard unsafe EVP_PKEY_get_base_id(key) == EVP_PKEY_RSA else { throw DigestError(operation: "RSA key") }
        guard let context = unsafe EVP_MD_CTX_new() else { throw DigestError(operation: "EVP_MD_CTX_new") }
        defer { unsafe EVP_MD_CTX_free(context) }
        guard unsafe EVP_DigestSignInit(context, nil, EVP_sha256(), nil, key) == 1 else {
            throw DigestError(operation: "EVP_DigestSignInit")
        }
        var count = Int(unsafe EVP_PKEY_get_size(key))
        var signature = [UInt8](repeating: 0, count: count)
        let result = unsafe message.withUnsafeBufferPointer { input in
            unsafe signature.withUnsafeMutableBufferPointer { output in
                unsafe EVP_DigestSign(context, output.baseAddress, &count, input.baseAddress, input.count)
            }
        }
        guard result == 1 else { throw DigestError(operation: "EVP_DigestSign") }
        return Array(signature.prefix(count))
    }

    /// The key in a PEM text, to be freed; nil when there is none, or one behind a passphrase.
    private static func read(_ pem: [UInt8]) -> OpaquePointer? {
        guard let length = Int32(exactly: pem.count) else { return nil }
        return unsafe pem.withUnsafeBufferPointer { bytes in
            guard let source = unsafe BIO_new_mem_buf(bytes.baseAddress, length) else { return nil }
            defer { unsafe BIO_free(source) }
            return unsafe PEM_read_bio_PrivateKey(source, nil, { _, _, _, _ in -1 }, nil)
        }
    }
}

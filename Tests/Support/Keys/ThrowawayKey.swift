// SPDX-License-Identifier: Apache-2.0

internal import COpenSSL

/// An RSA key that is made for one test and kept nowhere.
///
/// It verifies with OpenSSL, which is not what signs.
package struct ThrowawayKey {
    /// The private key in PEM.
    package let pem: String

    /// A key of 2048 bits; nil when OpenSSL cannot make one.
    package init?() {
        guard let context = unsafe EVP_PKEY_CTX_new_id(EVP_PKEY_RSA, nil) else { return nil }
        defer { unsafe EVP_PKEY_CTX_free(context) }
        var made: OpaquePointer?
        guard unsafe EVP_PKEY_keygen_init(context) == 1, unsafe EVP_PKEY_CTX_set_rsa_keygen_bits(context, 2_048) == 1,
            unsafe EVP_PKEY_keygen(context, &made) == 1, let key = unsafe made
        else { return nil }
        defer { unsafe EVP_PKEY_free(key) }
        guard let memory = unsafe BIO_new(BIO_s_mem()) else { return nil }
        defer { unsafe BIO_free(memory) }
        guard unsafe PEM_write_bio_PrivateKey(memory, key, nil, nil, 0, nil, nil) == 1 else { return nil }
        var bytes = [UInt8](repeating: 0, count: 8_192)
        let count = unsafe bytes.withUnsafeMutableBytes { unsafe BIO_read(memory, $0.baseAddress, Int32($0.count)) }
        guard count > 0 else { return nil }
        pem = String(decoding: bytes.prefix(Int(count)), as: UTF8.self)
    }

    /// Whether a signature (RSASSA-PKCS1-v1_5 with SHA-256) is this key's of a message.
    package func verifies(_ signature: [UInt8], of message: [UInt8]) -> Bool {
        let bytes = Array(pem.utf8)
        let key = unsafe bytes.withUnsafeBufferPointer { text -> OpaquePointer? in
            guard let source = unsafe BIO_new_mem_buf(text.baseAddress, Int32(text.count)) else { return nil }
            defer { unsafe BIO_free(source) }
            return unsafe PEM_read_bio_PrivateKey(source, nil, nil, nil)
        }
        guard let key = unsafe key, let context = unsafe EVP_MD_CTX_new() else { return false }
        defer {
            unsafe EVP_MD_CTX_free(context)
            unsafe EVP_PKEY_free(key)
        }
        guard unsafe EVP_DigestVerifyInit(context, nil, EVP_sha256(), nil, key) == 1 else { return false }
        return unsafe EVP_DigestVerify(context, signature, signature.count, message, message.count) == 1
    }
}

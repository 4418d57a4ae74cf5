// SPDX-License-Identifier: Apache-2.0
internal import COpenSSL

/// AES-256 in Galois/Counter Mode (NIST SP 800-38D) by the system's OpenSSL: bytes nobody reads or changes without the key.
package struct AuthenticatedCipher: Sendable {
    /// Bytes of a key.
    package static let keyBytes = 32
    /// Bytes of a nonce; never the same twice with one key.
    package static let nonceBytes = 12
    /// Bytes that stand behind what was sealed.
    package static let tagBytes = 16

    private let key: [UInt8]

    /// A cipher with a key.
    ///
    /// - Throws: `DigestError` when the key has not ``keyBytes`` bytes.
    package init(key: [UInt8]) throws(DigestError) {
        guard key.count == Self.keyBytes else { throw DigestError(operation: "AES-256 key length") }
        self.key = key
    }

    /// Encrypts bytes and appends their tag.
    ///
    /// - Parameters:
    ///   - plain: what is to be hidden.
    ///   - nonce: ``nonceBytes`` bytes.
    ///   - context: what is not hidden and cannot be changed either.
    /// - Returns: as many bytes, and ``tagBytes`` more.
    /// - Throws: `DigestError` when OpenSSL fails.
    package func seal(_ plain: [UInt8], nonce: [UInt8], context: [UInt8]) throws(DigestError) -> [UInt8] {
        let sealed = try run(plain, nonce: nonce, context: context, tag: nil)
        return sealed.bytes + sealed.tag
    }

    /// Decrypts what ``seal(_:nonce:context:)`` gave.
    ///
    /// - Returns: the plain bytes; nil when the key is another, or something was changed.
    /// - Throws: `DigestError` when OpenSSL fails.
    package func open(_ sealed: [UInt8], nonce: [UInt8], context: [UInt8]) throws(DigestError) -> [UInt8]? {
        guard sealed.count >= Self.tagBytes else { return nil }
        let opened = try run(
            Array(sealed.dropLast(Self.tagBytes)),
            nonce: nonce,
            context: context,
            tag: Array(sealed.suffix(Self.tagBytes))
        )
        return opened.isGood ? opened.bytes : nil
    }

    private func run(
        _ input: [UInt8],
        nonce: [UInt8],
        context: [UInt8],
        tag: [UInt8]?
    ) throws(DigestError) -> (bytes: [UInt8], tag: [UInt8], isGood: Bool) {
        guard nonce.count == Self.nonceBytes, let length = Int32(exactly: input.count),
            let contextLength = Int32(exactly: context.count)
        else { throw DigestError(operation: "AES-256-GCM lengths") }
        voicebridge_openssl_begin()
        // EVP_CIPHER_CTX_new: NULL is a failure.
        guard let state = unsafe EVP_CIPHER_CTX_new() else { throw DigestError(operation: "EVP_CIPHER_CTX_new") }
        defer { unsafe EVP_CIPHER_CTX_free(state) }
        let isSealing: Int32 = tag == nil ? 1 : 0
        var output = [UInt8](repeating: 0, count: input.count + Self.tagBytes)
        var written: Int32 = 0
        // EVP_CipherInit_ex, EVP_CipherUpdate, EVP_CIPHER_CTX_ctrl: 1 is success.
        guard unsafe EVP_CipherInit_ex(state, EVP_aes_256_gcm(), nil, key, nonce, isSealing) == 1,
            unsafe EVP_CipherUpdate(state, nil, &written, context, contextLength) == 1,
            unsafe EVP_CipherUpdate(state, &output, &written, input, length) == 1
        else { throw DigestError(operation: "EVP_CipherUpdate") }
        var tag = tag ?? []
        if isSealing == 0 {
            guard unsafe EVP_CIPHER_CTX_ctrl(state, EVP_CTRL_GCM_SET_TAG, Int32(tag.count), &tag) == 1 else {
                throw DigestError(operation: "EVP_CTRL_GCM_SET_TAG")
            }
        }
        var last: Int32 = 0
        var rest = [UInt8](repeating: 0, count: Self.tagBytes)
        // EVP_CipherFinal_ex: of what is opened, anything but 1 says that the tag is another.
        let isGood = unsafe EVP_CipherFinal_ex(state, &rest, &last) == 1
        if isSealing == 1 {
            tag = [UInt8](repeating: 0, count: Self.tagBytes)
            guard isGood, unsafe EVP_CIPHER_CTX_ctrl(state, EVP_CTRL_GCM_GET_TAG, Int32(tag.count), &tag) == 1 else {
                throw DigestError(operation: "EVP_CTRL_GCM_GET_TAG")
            }
        }
        if !isGood { ERR_clear_error() }
        return (Array(output.prefix(Int(written))), tag, isGood)
    }
}

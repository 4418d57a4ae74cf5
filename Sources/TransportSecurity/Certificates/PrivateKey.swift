// SPDX-License-Identifier: Apache-2.0
import COpenSSL

/// One private key, owned; OpenSSL wipes it when it is freed.
///
/// Safe: the pointer lives as long as the object and stays in this room.
@safe final class PrivateKey {
    let pointer: OpaquePointer

    /// How a message names the source.
    let name: String

    /// Reads a key in PKCS #8, SEC 1 or PKCS #1 form.
    /// - Throws: ``TLSError`` with `fileUnreadable`, `encryptedKey` or `badKey`.
    init(_ source: PEMSource) throws(TLSError) {
        let text = try source.read("private key")
        name = source.name
        OpenSSLFailure.clear()
        guard let key = unsafe MemoryBIO.reading(text, { unsafe voicebridge_read_private_key($0) }) else {
            throw Self.unusable(text, source.name, OpenSSLFailure.take())
        }
        unsafe pointer = key
        OpenSSLFailure.clear()
    }

    deinit { unsafe EVP_PKEY_free(pointer) }

    private static func unusable(_ text: [UInt8], _ name: String, _ failure: OpenSSLFailure) -> TLSError {
        let words = String(decoding: text.prefix(65_536), as: UTF8.self)
        if words.contains("ENCRYPTED") {
            return TLSError(
                .encryptedKey,
                "private key \(name) is encrypted: decrypt it with 'openssl pkey -in KEY -out PLAIN' and guard the file"
            )
        }
        if !words.contains("PRIVATE KEY-----") {
            let remedy =
                words.contains("BEGIN CERTIFICATE")
                ? "it holds a certificate: were the two files swapped?" : "PEM text is needed (BEGIN PRIVATE KEY)"
            return TLSError(.badKey, "private key \(name) holds no key; \(remedy)")
        }
        return TLSError(.badKey, "private key \(name) is damaged: \(failure.text)")
    }
}

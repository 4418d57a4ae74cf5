// SPDX-License-Identifier: Apache-2.0
import COpenSSL

/// Private keys under a passphrase.
enum EncryptedKey: CaseIterable {
    /// PKCS #8 (RFC 5958): the label says ENCRYPTED.
    case modern
    /// RFC 1421: only a header says so.
    case traditional

    /// The key of the PEM text, encrypted.
    func text(of plain: [UInt8]) -> [UInt8]? {
        guard
            let source = unsafe BIO_new_mem_buf(plain, Int32(plain.count)),
            let target = unsafe BIO_new(BIO_s_mem()),
            let key = unsafe voicebridge_read_private_key(source)
        else { return nil }
        defer {
            unsafe BIO_free(source)
            unsafe BIO_free(target)
            unsafe EVP_PKEY_free(key)
        }
        let passphrase = Array("example".utf8)
        let isWritten =
            switch self {
            case .modern:
                unsafe PEM_write_bio_PKCS8PrivateKey(
                    target,
                    key,
                    EVP_aes_128_cbc(),
                    passphrase.map { CChar(bitPattern: $0) },
                    7,
                    nil,
                    nil
                )
            case .traditional:
                unsafe PEM_write_bio_PrivateKey_traditional(target, key, EVP_aes_128_cbc(), passphrase, 7, nil, nil)
            }
        guard isWritten == 1 else { return nil }
        var bytes = [UInt8](repeating: 0, count: 4_096)
        let count = unsafe BIO_read(target, &bytes, 4_096)
        return count > 0 ? Array(bytes[..<Int(count)]) : nil
    }
}

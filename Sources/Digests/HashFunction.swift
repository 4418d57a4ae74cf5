// SPDX-License-Identifier: Apache-2.0
internal import COpenSSL

/// A cryptographic hash function of the system's OpenSSL, alone (FIPS 180-4) or keyed (HMAC, RFC 2104).
package enum HashFunction: Sendable, CaseIterable {
    /// SHA-1: only where a protocol demands it (RFC 6455 §4.2.2, older webhook signatures).
    case sha1
    /// SHA-256.
    case sha256
    /// SHA-512.
    case sha512

    /// The length of the result in bytes.
    package var byteCount: Int {
        switch self {
        case .sha1: 20
        case .sha256: 32
        case .sha512: 64
        }
    }

    /// Hashes `bytes` in one go.
    ///
    /// - Returns: `byteCount` bytes.
    /// - Throws: `DigestError` when OpenSSL refuses the function (a restricted provider) or has no memory.
    package func hash(_ bytes: Span<UInt8>) throws(DigestError) -> [UInt8] {
        var digest = [UInt8](repeating: 0, count: byteCount)
        var written: UInt32 = 0
        // EVP_Digest: 1 is success, everything else a failure.
        let result = unsafe bytes.withUnsafeBufferPointer { input in
            unsafe digest.withUnsafeMutableBufferPointer { output in
                unsafe EVP_Digest(input.baseAddress, input.count, output.baseAddress, &written, algorithm, nil)
            }
        }
        guard result == 1, Int(written) == byteCount else { throw DigestError(operation: "EVP_Digest") }
        return digest
    }

    /// Hashes an array in one go; see ``hash(_:)-(Span<UInt8>)``.
    package func hash(_ bytes: [UInt8]) throws(DigestError) -> [UInt8] {
        try hash(bytes.span)
    }

    /// Hashes the UTF-8 of `text` in one go; see ``hash(_:)-(Span<UInt8>)``.
    package func hash(_ text: String) throws(DigestError) -> [UInt8] {
        try hash(text.utf8.span)
    }

    /// The keyed hash (HMAC, RFC 2104) of `message`.
    ///
    /// - Parameters:
    ///   - key: The secret, of any length, also empty.
    ///   - message: What is signed.
    /// - Returns: `byteCount` bytes. Compare them with ``ConstantTime/equal(_:_:)-(Span<UInt8>,_)``.
    /// - Throws: `DigestError` when OpenSSL refuses the function or has no memory.
    package func authenticationCode(key: Span<UInt8>, message: Span<UInt8>) throws(DigestError) -> [UInt8] {
        guard let keyLength = Int32(exactly: key.count) else { throw DigestError(operation: "HMAC key length") }
        var code = [UInt8](repeating: 0, count: byteCount)
        var written: UInt32 = 0
        var nothing: UInt8 = 0
        // HMAC: NULL is a failure. A NULL key means "the key of last time", so an empty key needs an address.
        let succeeded = unsafe key.withUnsafeBufferPointer { keyBytes in
            unsafe message.withUnsafeBufferPointer { input in
                unsafe code.withUnsafeMutableBufferPointer { output in
                    unsafe withUnsafePointer(to: &nothing) { emptyKey in
                        unsafe HMAC(
                            algorithm,
                            keyBytes.baseAddress ?? emptyKey,
                            keyLength,
                            input.baseAddress,
                            input.count,
                            output.baseAddress,
                            &written
                        ) != nil
                    }
                }
            }
        }
        guard succeeded, Int(written) == byteCount else { throw DigestError(operation: "HMAC") }
        return code
    }

    /// The keyed hash of `message`; see ``authenticationCode(key:message:)-(Span<UInt8>,_)``.
    package func authenticationCode(key: [UInt8], message: [UInt8]) throws(DigestError) -> [UInt8] {
        try authenticationCode(key: key.span, message: message.span)
    }

    private var algorithm: OpaquePointer? {
        voicebridge_openssl_begin()
        return switch self {
        case .sha1: unsafe EVP_sha1()
        case .sha256: unsafe EVP_sha256()
        case .sha512: unsafe EVP_sha512()
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
internal import COpenSSL

/// Random bytes fit for keys and tokens, from OpenSSL's generator.
package enum SecureRandom {
    /// Makes `count` random bytes.
    ///
    /// - Parameter count: 0 or more.
    /// - Returns: `count` bytes.
    /// - Throws: `DigestError` when the generator cannot be seeded; nothing weaker is handed out instead.
    package static func bytes(_ count: Int) throws(DigestError) -> [UInt8] {
        guard let length = Int32(exactly: count), length >= 0 else { throw DigestError(operation: "RAND_bytes length") }
        var bytes = [UInt8](repeating: 0, count: count)
        guard length > 0 else { return bytes }
        voicebridge_openssl_begin()
        // RAND_bytes: 1 is success, 0 and -1 are failures.
        let result = unsafe bytes.withUnsafeMutableBufferPointer { unsafe RAND_bytes($0.baseAddress, length) }
        guard result == 1 else { throw DigestError(operation: "RAND_bytes") }
        return bytes
    }
}

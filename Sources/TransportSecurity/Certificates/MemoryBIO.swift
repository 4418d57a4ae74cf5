// SPDX-License-Identifier: Apache-2.0
import COpenSSL

/// OpenSSL's in-memory files, for PEM text.
enum MemoryBIO {
    /// What was written into the BIO.
    static func contents(of bio: OpaquePointer) -> [UInt8] {
        var start: UnsafeMutablePointer<CChar>?
        let count = unsafe voicebridge_bio_memory(bio, &start)
        guard count > 0, let start = unsafe start else { return [] }
        return unsafe Array(UnsafeRawBufferPointer(start: start, count: count))
    }

    /// Runs the body with a BIO that reads the text; nil when OpenSSL has no memory for it.
    static func reading<Result>(_ text: [UInt8], _ body: (OpaquePointer) -> Result?) -> Result? {
        voicebridge_openssl_begin()
        return unsafe text.withUnsafeBytes { bytes -> Result? in
            guard let bio = unsafe BIO_new_mem_buf(bytes.baseAddress, Int32(clamping: bytes.count)) else { return nil }
            defer { unsafe BIO_free(bio) }
            return unsafe body(bio)
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package import Digests

/// The nonce of the opening handshake and the proof that it was read (RFC 6455 §4.1 step 7, §4.2.2 step 5.4).
package enum HandshakeKey {
    /// The number of random bytes in a key.
    package static let byteCount = 16

    /// The value of `Sec-WebSocket-Key` for 16 random bytes.
    package static func encode(_ nonce: [UInt8]) -> String {
        Base64.encode(nonce)
    }

    /// Whether `key` is the base64 of 16 bytes.
    package static func isValid(_ key: String) -> Bool {
        key.utf8.count == 24 && Base64.decode(key)?.count == byteCount
    }

    /// The value of `Sec-WebSocket-Accept` that answers `key`.
    ///
    /// - Throws: `DigestError` when OpenSSL has no SHA-1.
    package static func accept(for key: String) throws(DigestError) -> String {
        Base64.encode(try HashFunction.sha1.hash(key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"))
    }
}

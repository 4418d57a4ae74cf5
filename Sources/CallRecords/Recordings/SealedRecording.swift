// SPDX-License-Identifier: Apache-2.0

import Digests
import TelephonyAudio

/// A recording at rest that nobody reads without its key: chunks sealed with AES-256-GCM, each with its own number.
///
/// The file begins with a head of 48 bytes: `VBREC01` and what it holds, the rate and the number of channels as 4 bytes each,
/// least first, and 32 random bytes. The key of the file is HMAC-SHA-256 of the head by the configured key, so that no two files
/// share one. Each chunk is its length as 4 bytes, with the highest bit set on the last of a whole recording, and so many bytes
/// of 16-bit samples or of whole Ogg pages, sealed, with their tag behind them. The nonce is the chunk's number; head and length cannot be changed
/// either. A chunk that a crash cut short, or that is not there, is told by the missing last one.
struct SealedRecording {
    /// What the files end with.
    static let suffix = ".sealed"
    static let magic = Array("VBREC01".utf8)
    static let headBytes = 48
    /// Most plain bytes of a chunk.
    static let chunkBytes = 1 << 20
    /// Set in the length of the last chunk.
    static let last: UInt32 = 1 << 31

    /// What a file holds, as it stands behind the magic.
    enum Content: UInt8 {
        case samples
        case opus
    }

    let head: [UInt8]
    private let cipher: AuthenticatedCipher
    private var number: UInt64 = 0

    /// A recording that begins.
    ///
    /// - Throws: `DigestError` when OpenSSL fails.
    init(key: [UInt8], rate: SampleRate, content: Content = .samples) throws(DigestError) {
        let format = Self.bytes(UInt32(rate.rawValue)) + Self.bytes(2)
        try self.init(key: key, head: Self.magic + [content.rawValue] + format + SecureRandom.bytes(32))
    }

    /// A recording that began with this head.
    init(key: [UInt8], head: [UInt8]) throws(DigestError) {
        self.head = head
        cipher = try AuthenticatedCipher(key: HashFunction.sha256.authenticationCode(key: key, message: head))
    }

    /// The bytes of a key of 64 hexadecimal digits; nil when it is none.
    static func key(_ text: String) -> [UInt8]? {
        let digits = text.compactMap(\.hexDigitValue)
        guard digits.count == 64, text.utf8.count == 64 else { return nil }
        return stride(from: 0, to: 64, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
    }

    /// The next chunk as it stands in the file.
    mutating func seal(_ samples: [UInt8], isLast: Bool) throws(DigestError) -> [UInt8] {
        let length = Self.bytes(UInt32(samples.count) | (isLast ? Self.last : 0))
        let sealed = try cipher.seal(samples, nonce: nonce, context: head + length)
        number += 1
        return length + sealed
    }

    /// The samples of the next chunk; nil when the key is another, or something was changed.
    mutating func open(_ sealed: [UInt8], length: [UInt8]) throws(DigestError) -> [UInt8]? {
        let samples = try cipher.open(sealed, nonce: nonce, context: head + length)
        number += 1
        return samples
    }

    private var nonce: [UInt8] { [0, 0, 0, 0] + (0..<8).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) } }

    static func bytes(_ value: UInt32) -> [UInt8] { (0..<4).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) } }

    static func number(_ bytes: ArraySlice<UInt8>) -> UInt32 { bytes.reversed().reduce(0) { $0 << 8 | UInt32($1) } }
}

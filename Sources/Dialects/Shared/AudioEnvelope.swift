// SPDX-License-Identifier: Apache-2.0

import NIOCore

/// A JSON message with base64 audio in it of which only the audio changes, made once in a call.
struct AudioEnvelope: Sendable {
    private let prefix: ByteBuffer
    private let suffix: StaticString

    /// A message of what stands before the audio and what stands behind it.
    init(before prefix: ByteBuffer, after suffix: StaticString) {
        self.prefix = prefix
        self.suffix = suffix
    }

    /// Appends the message with these bytes of audio in it.
    func write(_ bytes: Span<UInt8>, into buffer: inout ByteBuffer) {
        buffer.reserveCapacity(minimumWritableBytes: length(payloadBytes: bytes.count))
        buffer.writeImmutableBuffer(prefix)
        buffer.writeBase64(bytes)
        buffer.writeStaticString(suffix)
    }

    /// Bytes of the message with so many bytes of audio in it.
    func length(payloadBytes: Int) -> Int {
        prefix.readableBytes + Base64.encodedLength(ofBytes: payloadBytes) + suffix.utf8CodeUnitCount
    }
}

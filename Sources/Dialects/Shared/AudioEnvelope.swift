// SPDX-License-Identifier: Apache-2.0

import NIOCore

/// A JSON message with base64 audio in it of which only the audio changes, made once in a call.
struct AudioEnvelope: Sendable {
    /// What stands before the audio and, from ``boundary`` on, behind it.
    private let frame: [UInt8]
    private let boundary: Int

    /// A message of what stands before the audio and what stands behind it.
    init(before prefix: ByteBuffer, after suffix: StaticString) {
        var whole = prefix
        boundary = whole.readableBytes
        whole.writeStaticString(suffix)
        frame = Array(whole.readableBytesView)
    }

    /// Appends the message with these bytes of audio in it, in one piece.
    func write(_ bytes: Span<UInt8>, into buffer: inout ByteBuffer) {
        let frame = frame.span
        let boundary = boundary
        let length = frame.count &+ Base64.encodedLength(ofBytes: bytes.count)
        buffer.writeWithOutputRawSpan(minimumWritableBytes: length) { output in
            output.append(frame.extracting(first: boundary))
            unsafe Base64.encode(bytes.bytes, into: &output)
            output.append(frame.extracting(droppingFirst: boundary))
        }
    }

    /// Bytes of the message with so many bytes of audio in it.
    func length(payloadBytes: Int) -> Int { frame.count + Base64.encodedLength(ofBytes: payloadBytes) }
}

// SPDX-License-Identifier: Apache-2.0
package import NIOCore

extension WebSocketConnection {
    /// Appends a text message to `buffer`, as one frame with the shortest header.
    ///
    /// - Parameters:
    ///   - bytes: The text as UTF-8, which is the caller's promise and is not checked.
    ///   - buffer: What the edge writes next.
    /// - Returns: `false`, with nothing appended, when the closing handshake has begun or the connection is over.
    package mutating func send(text bytes: Span<UInt8>, into buffer: inout ByteBuffer) -> Bool {
        send(.text, bytes, into: &buffer)
    }

    /// Appends a text message to `buffer`; see ``send(text:into:)-(Span<UInt8>,_)``.
    package mutating func send(text: String, into buffer: inout ByteBuffer) -> Bool {
        send(.text, text.utf8.span, into: &buffer)
    }

    /// Appends a binary message to `buffer`, as one frame with the shortest header.
    ///
    /// - Returns: `false`, with nothing appended, when the closing handshake has begun or the connection is over.
    package mutating func send(binary bytes: Span<UInt8>, into buffer: inout ByteBuffer) -> Bool {
        send(.binary, bytes, into: &buffer)
    }

    /// Appends the header of one unfragmented, uncompressed frame of a server; the payload goes straight behind it.
    ///
    /// For a caller that writes a payload of known length itself, while ``isOpen``.
    ///
    /// - Parameters:
    ///   - opcode: `.text` or `.binary`.
    ///   - payloadLength: The length of the payload in bytes, 0 or more.
    ///   - buffer: What the edge writes next.
    package static func writeServerFrameHeader(
        _ opcode: Opcode,
        payloadLength: Int,
        into buffer: inout ByteBuffer
    ) {
        FrameHeader(opcode: opcode, payloadLength: payloadLength).write(into: &buffer)
    }

    private mutating func send(_ opcode: Opcode, _ bytes: Span<UInt8>, into buffer: inout ByteBuffer) -> Bool {
        guard closing.maySend else { return false }
        if bytes.count >= minimumCompressedBytes, let compressed = compress(bytes) {
            writer.write(opcode, compressed.readableBytesUInt8Span, isCompressed: true, into: &buffer)
        } else {
            writer.write(opcode, bytes, into: &buffer)
        }
        return true
    }

    /// The compressed form of a message, or `nil` to send it as it is: nothing was agreed on, or zlib has no memory.
    private mutating func compress(_ bytes: Span<UInt8>) -> ByteBuffer? {
        guard deflater != nil else { return nil }
        var compressed = ByteBuffer()
        do throws(WebSocketError) {
            try deflater?.deflate(bytes, into: &compressed)
            return compressed
        } catch {
            // The next message begins with an empty window, which the peer need not know.
            deflater?.releaseIdleMemory()
            return nil
        }
    }
}

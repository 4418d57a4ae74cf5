// SPDX-License-Identifier: Apache-2.0
internal import NIOCore

extension ByteBuffer {
    /// Appends a copy of `bytes`.
    mutating func append(_ bytes: Span<UInt8>) {
        // Viewing bytes as raw bytes reads nothing but initialised memory.
        unsafe writeBytes(bytes.bytes)
    }

    /// Appends a copy of the first `count` readable bytes of `other`.
    mutating func append(_ other: borrowing ByteBuffer, first count: Int) {
        append(other.readableBytesUInt8Span.extracting(first: count))
    }

    /// Empties the buffer, and gives its memory back when it has more than `retained` bytes of it.
    mutating func empty(retaining retained: Int) {
        // An empty buffer without storage shares a static one, which `clear` would replace by an allocation.
        guard storageCapacity > 0 else { return }
        if storageCapacity > retained {
            self = ByteBuffer()
        } else if readerIndex > 0 || readableBytes > 0 {
            // Not `clear`, which looks for other holders: should there be one, the next write does.
            moveReaderIndex(to: 0)
            moveWriterIndex(to: 0)
        }
    }
}

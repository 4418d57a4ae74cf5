// SPDX-License-Identifier: Apache-2.0
import NIOCore

/// Writes that wait for the end of the handshake, at most ``maximumBytes``.
struct EarlyWrites {
    /// How many bytes wait at most: 1 MiB.
    static let maximumBytes = 1 << 20

    private var writes: [(bytes: ByteBuffer, promise: EventLoopPromise<Void>?)] = []
    private var count = 0

    /// Keeps a write, or fails its promise with `queueFull`.
    mutating func append(_ bytes: ByteBuffer, _ promise: EventLoopPromise<Void>?) {
        guard count + bytes.readableBytes <= Self.maximumBytes, writes.count < 4_096 else {
            promise?.fail(
                TLSError(.queueFull, "more than 1 MiB was written before the handshake was done: wait for its event")
            )
            return
        }
        count += bytes.readableBytes
        writes.append((bytes, promise))
    }

    /// Takes all writes out, in order.
    mutating func take() -> [(bytes: ByteBuffer, promise: EventLoopPromise<Void>?)] {
        defer {
            writes = []
            count = 0
        }
        return writes
    }
}

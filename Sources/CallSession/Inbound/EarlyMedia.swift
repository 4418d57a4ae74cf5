// SPDX-License-Identifier: Apache-2.0
import CallModel

/// Caller audio that came before `start` told its format: bytes in a row, bounded, the oldest dropped.
///
/// Bytes are dropped in pairs, so that linear samples keep their halves together however the messages were cut.
package struct EarlyMedia: Sendable {
    private var storage: [UInt8] = []
    private var head = 0
    private(set) var droppedBytes = 0
    private let limit: Int

    /// Keeps at most `limit` bytes, an even number.
    package init(limit: Int) { self.limit = limit }

    /// Bytes kept.
    package var bytes: Int { storage.count - head }

    package mutating func append(_ message: Span<UInt8>) {
        storage.append(copying: message)
        drop(beyond: limit)
        guard head >= limit else { return }
        storage.removeFirst(head)
        head = 0
    }

    /// Takes the newest bytes, at most `maximum` of them, and gives the memory back; the older ones are dropped.
    package mutating func takeAll(atMost maximum: Int) -> [UInt8] {
        drop(beyond: maximum)
        let taken = Array(storage[head...])
        storage = []
        head = 0
        return taken
    }

    private mutating func drop(beyond maximum: Int) {
        let excess = bytes - maximum
        guard excess > 0 else { return }
        let dropped = excess + excess % 2
        head += dropped
        droppedBytes += dropped
    }
}

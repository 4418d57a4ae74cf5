// SPDX-License-Identifier: Apache-2.0

/// Caller audio that came before `start` told its format: whole messages, bounded, the oldest dropped.
struct EarlyMedia: Sendable {
    private var messages: [[UInt8]] = []
    private(set) var bytes = 0
    private(set) var droppedBytes = 0
    private let limit: Int

    /// Keeps at most `limit` bytes.
    init(limit: Int) { self.limit = limit }

    mutating func append(_ message: Span<UInt8>) {
        guard message.count <= limit else {
            droppedBytes += message.count
            return
        }
        var copy = [UInt8]()
        copy.reserveCapacity(message.count)
        for index in message.indices { copy.append(message[index]) }
        messages.append(copy)
        bytes += copy.count
        while bytes > limit {
            bytes -= messages[0].count
            droppedBytes += messages[0].count
            messages.removeFirst()
        }
    }

    /// Takes the messages whose bytes, counted from the newest, are at most `maximum`; the older ones are dropped.
    mutating func takeAll(atMost maximum: Int) -> [[UInt8]] {
        while bytes > maximum {
            bytes -= messages[0].count
            droppedBytes += messages[0].count
            messages.removeFirst()
        }
        defer {
            messages = []
            bytes = 0
        }
        return messages
    }
}

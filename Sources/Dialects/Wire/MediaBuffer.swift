// SPDX-License-Identifier: Apache-2.0

/// Bytes of one media message, in memory that is kept from message to message.
package struct MediaBuffer: Sendable {
    /// The memory; only the first ``count`` bytes mean anything.
    @usableFromInline var storage: [UInt8] = []
    /// Number of bytes.
    @usableFromInline package private(set) var count = 0

    /// Memory that is kept between messages, in bytes; what a larger message took is given back.
    private static let keptBytes = 65_536

    /// An empty buffer that takes no memory yet.
    package init() {}

    /// Calls `body` with the bytes where they lie.
    @inlinable
    package func withBytes<Result, Failure: Error>(
        _ body: (Span<UInt8>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try body(storage.span.extracting(0..<count))
    }

    /// Empties the buffer and sees that `capacity` bytes can be laid into ``storage``.
    mutating func clear(makingRoomFor capacity: Int) {
        count = 0
        if storage.count > Self.keptBytes, capacity <= Self.keptBytes { storage = [] }
        guard storage.count < capacity else { return }
        storage.append(contentsOf: repeatElement(0, count: capacity - storage.count))
    }

    /// Says how many bytes of ``storage`` now mean something; at most as many as there are.
    mutating func setCount(_ count: Int) { self.count = min(max(count, 0), storage.count) }

    /// Turns the bytes round two by two; an odd last one stays.
    mutating func swapPairs() {
        let count = count
        var bytes = storage.mutableSpan
        for index in stride(from: 1, to: count, by: 2) { bytes.swapAt(index - 1, index) }
    }

    /// Takes a copy of bytes in place of what the buffer held.
    package mutating func replace(with bytes: Span<UInt8>) {
        clear(makingRoomFor: bytes.count)
        unsafe bytes.withUnsafeBytes { source in
            // There is room for all of them by the line above.
            unsafe storage.withUnsafeMutableBytes { unsafe $0.copyMemory(from: source) }
        }
        setCount(bytes.count)
    }
}

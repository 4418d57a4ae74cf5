// SPDX-License-Identifier: Apache-2.0

/// A bounded queue of linear samples that drops the oldest when it is full, and counts them.
package struct SampleRing: Sendable {
    private var storage: [Int16] = []
    private var head = 0
    /// Samples in the queue.
    package private(set) var count = 0
    /// Most samples the queue holds.
    package let limit: Int
    /// Index, in the stream, of the oldest sample in the queue.
    package private(set) var position: Int64
    /// Samples dropped because the queue was full.
    package private(set) var dropped: Int64 = 0

    /// An empty queue; memory is taken as it fills, up to `limit` samples.
    package init(limit: Int, position: Int64 = 0, dropped: Int64 = 0) {
        self.limit = max(1, limit)
        self.position = position
        self.dropped = dropped
    }

    /// Appends samples, dropping the oldest beyond the limit.
    package mutating func append(_ samples: Span<Int16>) {
        grow(toHold: min(limit, count + samples.count))
        for index in samples.indices {
            if count == limit {
                head = (head + 1) % storage.count
                count -= 1
                position += 1
                dropped += 1
            }
            storage[(head + count) % storage.count] = samples[index]
            count += 1
        }
    }

    /// Takes up to `maximum` of the oldest samples.
    package mutating func take(_ maximum: Int) -> [Int16] {
        let taken = min(maximum, count)
        guard taken > 0 else { return [] }
        let result = [Int16](count: taken) { storage[(head + $0) % storage.count] }
        head = (head + taken) % storage.count
        count -= taken
        position += Int64(taken)
        return result
    }

    /// Gives the memory back.
    package mutating func removeAll() {
        position += Int64(count)
        storage = []
        head = 0
        count = 0
    }

    private mutating func grow(toHold needed: Int) {
        guard needed > storage.count else { return }
        let capacity = min(limit, max(needed, storage.count * 2, 640))
        var larger = [Int16](repeating: 0, count: capacity)
        for index in 0..<count { larger[index] = storage[(head + index) % storage.count] }
        storage = larger
        head = 0
    }
}

extension [Int16] {
    fileprivate init(count: Int, _ element: (Int) -> Int16) {
        self.init()
        reserveCapacity(count)
        for index in 0..<count { append(element(index)) }
    }
}

// SPDX-License-Identifier: Apache-2.0

/// A bounded ring of samples, allocated once.
///
/// When it is full, the oldest samples make room and are counted.
package struct SampleFIFO: Sendable {
    private var ring: [Int16]
    private var start = 0
    /// Samples waiting.
    package private(set) var count = 0
    /// Samples lost to newer ones since the beginning.
    package private(set) var droppedSamples = 0

    /// An empty ring for `capacity` samples, at least one.
    package init(capacity: Int) {
        precondition(capacity > 0, "a ring needs room for a sample")
        ring = [Int16](repeating: 0, count: capacity)
    }

    /// The largest number of samples that can wait.
    package var capacity: Int { ring.count }
    /// True when no sample waits.
    package var isEmpty: Bool { count == 0 }

    /// Appends samples, dropping the oldest when there is no room; returns how many were dropped.
    @discardableResult
    package mutating func append(_ samples: Span<Int16>) -> Int {
        let excess = max(count + samples.count - capacity, 0)
        let outgoing = min(excess, count)
        start = wrapped(start + outgoing)
        count -= outgoing
        // More than the whole ring at once: only its end survives.
        let skipped = excess - outgoing
        var place = wrapped(start + count)
        for index in skipped..<samples.count {
            ring[place] = samples[index]
            place = place + 1 == ring.count ? 0 : place + 1
        }
        count += samples.count - skipped
        droppedSamples += excess
        return excess
    }

    /// Moves as many waiting samples as fit to the beginning of `output`, oldest first; returns how many.
    package mutating func read(into output: inout MutableSpan<Int16>) -> Int {
        let moved = min(count, output.count)
        for index in 0..<moved {
            output[index] = ring[start]
            start = start + 1 == ring.count ? 0 : start + 1
        }
        count -= moved
        return moved
    }

    /// Forgets the waiting samples without counting them as dropped; returns how many there were.
    @discardableResult
    package mutating func removeAll() -> Int {
        let removed = count
        start = 0
        count = 0
        return removed
    }

    private func wrapped(_ place: Int) -> Int { place >= ring.count ? place - ring.count : place }
}

// SPDX-License-Identifier: Apache-2.0

/// Where a ``MediaStage`` writes what the caller shall hear.
///
/// What is written goes to the end of the call's playback queue as a live stream: it starts at once, and neither speech nor
/// digits of the caller interrupt it. Of more than a second that waits the oldest is dropped, so that a delay does not stay
/// for the rest of the call; what is longer and there at once is a ``Prompt``.
public struct PlaybackWriter: Sendable {
    package private(set) var samples: [Int16] = []
    package private(set) var wantsFlush = false

    package init() {}

    /// Appends linear samples at the bot's rate.
    public mutating func write(_ chunk: Span<Int16>) {
        samples.append(copying: chunk)
    }

    /// Takes back all audio that is queued and not yet heard, before anything written after this.
    public mutating func flush() {
        samples.removeAll(keepingCapacity: true)
        wantsFlush = true
    }

    /// Leaves out the first samples, and fades from what they began with to what follows them.
    package mutating func leaveOut(_ count: Int, fading: Int) {
        let length = min(fading, samples.count - count, count)
        if length > 0 {
            for index in 0..<length {
                let (from, to) = (Int(samples[index]), Int(samples[count + index]))
                samples[count + index] = Int16(truncatingIfNeeded: from + (to - from) * index / length)
            }
        }
        samples.removeFirst(count)
    }

    package mutating func reset() {
        samples.removeAll(keepingCapacity: true)
        wantsFlush = false
    }
}

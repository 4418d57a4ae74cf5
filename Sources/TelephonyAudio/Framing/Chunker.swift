// SPDX-License-Identifier: Apache-2.0

/// Turns samples in chunks of any size into frames of one size.
///
/// ```swift
/// chunker.append(chunk)
/// var span = frame.mutableSpan
/// while chunker.next(into: &span) { … }
/// if chunker.finish(into: &span) > 0 { … }
/// ```
package struct Chunker: Sendable {
    private var waiting: SampleFIFO
    /// Samples of a frame.
    package let frameSize: Int
    /// Zeros that `finish` has put behind real samples since the beginning.
    package private(set) var paddingSamples = 0

    /// Frames of `frameSize` samples; at most `capacity` samples wait, at least a frame, and the oldest are dropped.
    package init(frameSize: Int, capacity: Int) {
        precondition(frameSize > 0, "a frame needs a sample")
        self.frameSize = frameSize
        waiting = SampleFIFO(capacity: max(capacity, frameSize))
    }

    /// Frames of 20 ms at `rate` (882 samples at 44.1 kHz), with at most `milliseconds` waiting.
    package init(rate: SampleRate, capacityMilliseconds milliseconds: Int = 1000) {
        self.init(frameSize: rate.samplesPer20Milliseconds, capacity: rate.rawValue * milliseconds / 1000)
    }

    /// Samples waiting for a frame.
    package var waitingSamples: Int { waiting.count }
    /// Samples lost to newer ones because more than the capacity waited.
    package var droppedSamples: Int { waiting.droppedSamples }

    /// Adds samples behind those waiting; returns how many of the oldest were dropped.
    @discardableResult
    package mutating func append(_ samples: Span<Int16>) -> Int { waiting.append(samples) }

    /// Fills `frame`, which holds `frameSize` samples, when that many wait; false and nothing written otherwise.
    package mutating func next(into frame: inout MutableSpan<Int16>) -> Bool {
        precondition(frame.count == frameSize, "a frame of \(frameSize) samples was announced, not \(frame.count)")
        if waiting.count < frameSize { return false }
        return waiting.read(into: &frame) == frameSize
    }

    /// Ends the stream: fills `frame` with what waits, less than a frame, and zeros behind it.
    ///
    /// Returns the number of real samples; 0 means nothing waited and nothing was written. Call `next` until it
    /// says false first.
    package mutating func finish(into frame: inout MutableSpan<Int16>) -> Int {
        precondition(frame.count == frameSize, "a frame of \(frameSize) samples was announced, not \(frame.count)")
        let real = waiting.read(into: &frame)
        if real == 0 { return 0 }
        for index in real..<frameSize { frame[index] = 0 }
        paddingSamples += frameSize - real
        return real
    }

    /// Forgets what waits, as a flush of the playback does; returns how many samples that were.
    @discardableResult
    package mutating func removeAll() -> Int { waiting.removeAll() }
}

// SPDX-License-Identifier: Apache-2.0

/// Records a call as a stereo WAV file, caller left and bot right, on one sample clock.
///
/// Each side's audio is laid at its place on the clock: the caller's by the samples heard, the bot's by the samples
/// *played*, as the ledger knows them. Places nobody wrote are silence, so that both channels always have the same
/// length and never drift. Audio of the bot that was flushed before it was played is taken back with `cutBot`.
/// `drain` gives the bytes of what is final; the memory is a ring of fixed length, and what does not fit into it is
/// dropped and counted.
///
/// **A file that is valid after a crash at any byte.** Begin the file with `header`, in one write. Append what
/// `drain` gives. After each append ask `headerUpdate`, and when there is one, write it over the beginning of the
/// file, in one write. Until the first update the lengths say "to the end of the file"; every later header claims
/// only samples that are in the file already. What a crash leaves behind the claimed length is regained by
/// `repairedHeader`. When the call is over, drain to its end and write `finalHeader`.
///
/// No I/O and no clock here, and nothing is allocated after `init` but the headers.
package struct StereoWAVRecorder: Sendable {
    /// Bytes of the sample of both channels.
    package static let bytesPerSample = 4

    private let format: WAVHeader
    private let updateBytes: Int
    private let capacity: Int
    /// Left and right of the samples from `drained` on, at position modulo capacity.
    private var left: [Int16]
    private var right: [Int16]
    private var claimedBytes = 0

    /// Samples given by `drain` so far: the clock's position up to which the file is final.
    package private(set) var drained = 0
    /// Samples that came when their place was final already.
    package private(set) var lateSamples = 0
    /// Samples that lay further ahead than the ring is long.
    package private(set) var earlySamples = 0

    /// A recorder at the beginning of a call.
    ///
    /// - Parameters:
    ///   - rate: of both channels.
    ///   - seconds: how far a side may be ahead of `drain`.
    ///   - updateSeconds: how much the header may lag behind the file.
    package init(rate: SampleRate, seconds: Int = 10, updateSeconds: Int = 1) {
        format = WAVHeader(format: WAVFormat(encoding: .pcm(bytes: 2), channels: 2, rate: rate.rawValue))
        capacity = max(seconds, 1) * rate.rawValue
        updateBytes = max(updateSeconds, 1) * rate.rawValue * Self.bytesPerSample
        left = [Int16](repeating: 0, count: capacity)
        right = [Int16](repeating: 0, count: capacity)
    }

    /// What the file begins with: 44 bytes.
    package var header: [UInt8] { format.bytes(dataBytes: nil) }
    /// Bytes of samples given by `drain` so far.
    package var dataBytes: Int { drained * Self.bytesPerSample }

    /// Lays caller's samples at a position of the clock.
    package mutating func recordCaller(_ samples: Span<Int16>, at position: Int) {
        let (from, to) = admit(samples.count, at: position)
        for index in from..<to { left[(position + index) % capacity] = samples[index] }
    }

    /// Lays the bot's samples at the position at which they are, or will be, played.
    package mutating func recordBot(_ samples: Span<Int16>, at position: Int) {
        let (from, to) = admit(samples.count, at: position)
        for index in from..<to { right[(position + index) % capacity] = samples[index] }
    }

    /// Takes back what the bot has laid from a position on, because it is not going to be played.
    package mutating func cutBot(from position: Int) {
        for place in max(position, drained)..<max(drained + capacity, position) { right[place % capacity] = 0 }
    }

    /// Lays what the bot has laid from `start` up to `end` so many samples later, because it turned out to be played then;
    /// what is in between becomes silence.
    package mutating func moveBot(from start: Int, to end: Int, later count: Int) {
        let first = max(start, drained)
        guard count > 0, first < end else { return }
        let last = min(end, drained + capacity - count)
        earlySamples += end - max(last, first)
        for index in stride(from: last - 1, through: first, by: -1) {
            right[(index + count) % capacity] = right[index % capacity]
        }
        for index in first..<min(first + count, drained + capacity) { right[index % capacity] = 0 }
    }

    /// The part of a piece of audio that is neither late nor too early.
    private mutating func admit(_ count: Int, at position: Int) -> (Int, Int) {
        let from = min(max(drained - position, 0), count)
        let to = max(min(drained + capacity - position, count), from)
        lateSamples += from
        earlySamples += count - to
        return (from, to)
    }

    /// Writes the interleaved samples up to a position to the beginning of `bytes`, as many as fit.
    ///
    /// Returns the number of bytes; what they hold is final. Call it again while it fills `bytes`.
    package mutating func drain(to position: Int, into bytes: inout MutableSpan<UInt8>) -> Int {
        let count = max(min(position - drained, bytes.count / Self.bytesPerSample), 0)
        for index in 0..<count {
            let place = drained % capacity
            let (caller, bot) = (UInt16(bitPattern: left[place]), UInt16(bitPattern: right[place]))
            bytes[4 * index] = UInt8(truncatingIfNeeded: caller)
            bytes[4 * index + 1] = UInt8(truncatingIfNeeded: caller >> 8)
            bytes[4 * index + 2] = UInt8(truncatingIfNeeded: bot)
            bytes[4 * index + 3] = UInt8(truncatingIfNeeded: bot >> 8)
            (left[place], right[place]) = (0, 0)
            drained += 1
        }
        return count * Self.bytesPerSample
    }

    /// The header to write over the beginning of the file now that all drained bytes are in it; nil while the last
    /// one will do.
    package mutating func headerUpdate() -> [UInt8]? {
        guard dataBytes - claimedBytes >= updateBytes else { return nil }
        return finalHeader()
    }

    /// The header for all that was drained, whether or not it is time.
    package mutating func finalHeader() -> [UInt8] {
        claimedBytes = dataBytes
        return format.bytes(dataBytes: dataBytes)
    }

    /// The header for a file that a crash left with this many bytes; nil when there is not even a whole header.
    package static func repairedHeader(rate: SampleRate, fileBytes: Int) -> [UInt8]? {
        let header = WAVHeader(format: WAVFormat(encoding: .pcm(bytes: 2), channels: 2, rate: rate.rawValue))
        guard fileBytes >= header.byteCount else { return nil }
        let whole = (fileBytes - header.byteCount) / bytesPerSample * bytesPerSample
        return header.bytes(dataBytes: whole)
    }
}

// SPDX-License-Identifier: Apache-2.0

import CallModel

/// Where a time lies on a recording's one clock, which is the count of the caller's samples.
///
/// What the caller says comes late by whatever the network takes, never early: the least delay of late says how the two clocks
/// stand. It is forgotten slowly, so that a platform whose clock is slower is followed; one that is faster is anyway.
struct RecordingClock: Sendable {
    /// What of each second is forgotten, in nanoseconds: more than two clocks of crystal differ by.
    private static let forgetting: Int64 = 100_000
    /// Audio later than this is a gap, or waits in the network.
    private static let tolerance: Int64 = 100_000_000
    /// What was late for so long is a gap: what waited would have caught up.
    private static let patience: Int64 = 2_000_000_000

    private let rate: Int64
    /// Time on the clock less time of day, both in nanoseconds.
    private var offset: Int64
    private var late: (since: Int64, best: Int64)?

    /// A clock of `rate` samples per second that begins at `now`.
    init(rate: Int, at now: CallInstant) {
        self.rate = Int64(rate)
        offset = -now.nanoseconds
    }

    /// The position of a time.
    func position(at time: CallInstant) -> Int { samples(time.nanoseconds + offset) }

    /// Samples in so many nanoseconds, to the nearest.
    func samples(_ nanoseconds: Int64) -> Int {
        let (seconds, rest) = nanoseconds.quotientAndRemainder(dividingBy: 1_000_000_000)
        return Int(seconds * rate + (rest * rate + (rest < 0 ? -500_000_000 : 500_000_000)) / 1_000_000_000)
    }

    /// Takes note of caller audio that came at `now` and ends at `position`.
    ///
    /// - Parameters:
    ///   - length: how many samples it has.
    ///   - position: where it ends.
    ///   - now: when it came.
    /// - Returns: samples of silence that are missing before what comes next; mostly none.
    mutating func heard(_ length: Int, endingAt position: Int, at now: CallInstant) -> Int {
        offset -= Int64(length) * Self.forgetting / rate
        let seen = Int64(position) * 1_000_000_000 / rate - now.nanoseconds
        guard seen < offset - Self.tolerance else {
            offset = max(offset, seen)
            late = nil
            return 0
        }
        let (since, best) = late ?? (now.nanoseconds, seen)
        late = (since, max(best, seen))
        guard now.nanoseconds - since >= Self.patience else { return 0 }
        late = nil
        return samples(offset - max(best, seen))
    }
}

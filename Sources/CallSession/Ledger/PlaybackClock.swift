// SPDX-License-Identifier: Apache-2.0

package import CallModel

/// When a player that plays in real time will have played all it was given.
///
/// Counted in samples from one origin per run, so that it does not drift; a player that ran dry begins a new run with the next
/// samples.
package struct PlaybackClock: Sendable, Equatable {
    /// Long before any call, and far enough from the ends of `Int64` for differences to be safe.
    private var origin = CallInstant(nanoseconds: -(1 << 60))
    private var samples: Int64 = 0
    private let sampleRate: Int64

    /// A clock for a player of `sampleRate` samples per second that has nothing to play.
    package init(sampleRate: Int) { self.sampleRate = Int64(sampleRate) }

    /// When the player will be done; the distant past when it never had anything.
    ///
    /// Kept, because it is asked for more often than it changes.
    package private(set) var end = CallInstant(nanoseconds: -(1 << 60))

    /// Hands the player `count` samples at `now`; returns how long it had been dry, zero when it had not.
    package mutating func write(_ count: Int, at now: CallInstant) -> Duration {
        guard end < now else {
            run(from: origin, samples + Int64(count))
            return .zero
        }
        let dry = samples > 0 ? now - end : .zero
        run(from: now, Int64(count))
        return dry
    }

    /// Says that the player has `remaining` samples left at `now`.
    package mutating func anchor(remaining: Int64, at now: CallInstant) { run(from: now, remaining) }

    private mutating func run(from start: CallInstant, _ count: Int64) {
        origin = start
        samples = count
        let seconds = samples / sampleRate
        let rest = samples % sampleRate
        let played = seconds * 1_000_000_000 + rest * 1_000_000_000 / sampleRate
        end = CallInstant(nanoseconds: origin.nanoseconds + played)
    }
}

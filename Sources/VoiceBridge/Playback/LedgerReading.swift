// SPDX-License-Identifier: Apache-2.0

package import CallModel

/// The ledger's state at one moment, from which the heard position at any later moment follows until the next reading.
package struct LedgerReading: Sendable, Equatable {
    /// Samples per second of the wire.
    package var sampleRate: Int
    /// Samples given to the platform and not taken back.
    package var kept: Int64
    /// When the platform will have played all of them, by the best clock there is.
    package var expectedEnd: CallInstant
    /// When it would have played them had they arrived at the moment of writing: no platform is faster.
    package var earliestEnd: CallInstant
    /// Samples that a mark proved to be played.
    package var proved: Int64
    /// What the position rests on.
    package var confidence: HeardAudio.Confidence
    /// How far the estimate may be too high when it rests on the clock alone.
    package var clockSlack: Duration

    package init(
        sampleRate: Int,
        kept: Int64,
        expectedEnd: CallInstant,
        earliestEnd: CallInstant,
        proved: Int64,
        confidence: HeardAudio.Confidence,
        clockSlack: Duration
    ) {
        self.sampleRate = sampleRate
        self.kept = kept
        self.expectedEnd = expectedEnd
        self.earliestEnd = earliestEnd
        self.proved = proved
        self.confidence = confidence
        self.clockSlack = clockSlack
    }

    /// Samples that are still to be played at `now` when playing ends at `end`, rounded up.
    package static func remaining(until end: CallInstant, at now: CallInstant, sampleRate: Int) -> Int64 {
        let left = end.nanoseconds - now.nanoseconds
        guard left > 0 else { return 0 }
        let seconds = left / 1_000_000_000
        let rest = left % 1_000_000_000
        return seconds * Int64(sampleRate) + (rest * Int64(sampleRate) + 999_999_999) / 1_000_000_000
    }

    /// Samples heard at `now`: the estimate and its bounds.
    package func heardSamples(at now: CallInstant) -> (low: Int64, estimate: Int64, high: Int64) {
        let high = max(proved, kept - Self.remaining(until: earliestEnd, at: now, sampleRate: sampleRate))
        let expected = kept - Self.remaining(until: expectedEnd, at: now, sampleRate: sampleRate)
        let estimate = min(high, max(proved, expected))
        let late = Self.remaining(until: expectedEnd + clockSlack, at: now, sampleRate: sampleRate)
        let low = confidence == .mark ? min(estimate, max(proved, 0)) : min(estimate, max(proved, kept - late))
        return (max(0, low), max(0, estimate), max(0, high))
    }

    /// What the caller has heard at `now`.
    package func heard(at now: CallInstant) -> HeardAudio {
        let (low, estimate, high) = heardSamples(at: now)
        func time(_ samples: Int64) -> Duration { .nanoseconds(samples * 1_000_000_000 / Int64(sampleRate)) }
        return HeardAudio(position: time(estimate), low: time(low), high: time(high), confidence: confidence)
    }
}

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
    /// Where audio was last taken back: nothing before is still to be heard.
    package var base: Int64
    /// At least, and at most, so many samples had been heard by then.
    package var baseBounds: ClosedRange<Int64>

    package init(
        sampleRate: Int,
        kept: Int64,
        expectedEnd: CallInstant,
        earliestEnd: CallInstant,
        proved: Int64,
        confidence: HeardAudio.Confidence,
        clockSlack: Duration,
        base: Int64 = 0,
        baseBounds: ClosedRange<Int64> = 0...0
    ) {
        self.sampleRate = sampleRate
        self.kept = kept
        self.expectedEnd = expectedEnd
        self.earliestEnd = earliestEnd
        self.proved = proved
        self.confidence = confidence
        self.clockSlack = clockSlack
        self.base = base
        self.baseBounds = baseBounds
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
    ///
    /// A mark proves nothing that cannot have been played yet. The bounds are those of the present generation on top of
    /// what was uncertain each time audio was taken back.
    package func heardSamples(at now: CallInstant) -> (low: Int64, estimate: Int64, high: Int64) {
        func played(until end: CallInstant) -> Int64 {
            kept - Self.remaining(until: end, at: now, sampleRate: sampleRate)
        }
        let high = max(base, played(until: earliestEnd))
        let proved = min(high, max(base, proved))
        let estimate = min(high, max(proved, played(until: expectedEnd)))
        let late = confidence == .mark ? proved : played(until: expectedEnd + clockSlack)
        let low = min(estimate, max(proved, late))
        return (baseBounds.lowerBound + low - base, estimate, baseBounds.upperBound + high - base)
    }

    /// What the caller has heard at `now`.
    package func heard(at now: CallInstant) -> HeardAudio {
        let (low, estimate, high) = heardSamples(at: now)
        func time(_ samples: Int64) -> Duration { .nanoseconds(samples * 1_000_000_000 / Int64(sampleRate)) }
        return HeardAudio(position: time(estimate), low: time(low), high: time(high), confidence: confidence)
    }
}

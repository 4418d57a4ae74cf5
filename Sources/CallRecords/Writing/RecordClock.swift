// SPDX-License-Identifier: Apache-2.0

/// The two clocks of records.
package struct RecordClock: Sendable {
    /// Milliseconds since 1970, by a clock that somebody may set.
    package var now: @Sendable () -> Int64 = RecordTime.now
    /// Milliseconds since an origin of no meaning, by one that nobody sets.
    package var monotonic: @Sendable () -> Int64 = RecordTime.monotonic

    /// The system's clocks.
    package init() {}

    /// The time of day by which what is kept ages, in milliseconds since 1970: one that somebody sets ahead from now on is not
    /// believed, so that nobody deletes everything by setting a clock.
    func presumed() -> @Sendable () -> Int64 {
        let origin = now() - monotonic()
        return { [now, monotonic] in min(now(), origin + monotonic()) }
    }
}

// SPDX-License-Identifier: Apache-2.0

/// The two clocks of records.
package struct RecordClock: Sendable {
    /// Milliseconds since 1970, by a clock that somebody may set.
    package var now: @Sendable () -> Int64 = RecordTime.now
    /// Milliseconds since an origin of no meaning, by one that nobody sets.
    package var monotonic: @Sendable () -> Int64 = RecordTime.monotonic

    /// The system's clocks.
    package init() {}
}

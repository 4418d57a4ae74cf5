// SPDX-License-Identifier: Apache-2.0

/// A point on the monotonic clock that all calls of a process are timed by.
///
/// The cores take it as an argument and never read a clock: tests hand them times of their own.
public struct CallInstant: Hashable, Sendable, Comparable {
    /// Nanoseconds since an origin of no meaning.
    public var nanoseconds: Int64

    /// An instant so many nanoseconds after the clock's origin.
    public init(nanoseconds: Int64) { self.nanoseconds = nanoseconds }

    /// Whether the left instant is earlier.
    public static func < (left: CallInstant, right: CallInstant) -> Bool { left.nanoseconds < right.nanoseconds }

    /// The instant that is `duration` later.
    public static func + (instant: CallInstant, duration: Duration) -> CallInstant {
        let (sum, overflow) = instant.nanoseconds.addingReportingOverflow(duration.wholeNanoseconds)
        return CallInstant(nanoseconds: overflow ? .max : sum)
    }

    /// The instant that is `duration` earlier.
    public static func - (instant: CallInstant, duration: Duration) -> CallInstant {
        CallInstant(nanoseconds: instant.nanoseconds - duration.wholeNanoseconds)
    }

    /// The time from the right instant to the left one.
    public static func - (left: CallInstant, right: CallInstant) -> Duration {
        .nanoseconds(left.nanoseconds - right.nanoseconds)
    }
}

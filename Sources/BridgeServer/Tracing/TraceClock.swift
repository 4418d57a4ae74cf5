// SPDX-License-Identifier: Apache-2.0

import CallModel
import NIOCore
import Tracing

/// The times of one call's spans: the time of day when it began, and a clock that nobody sets since.
struct TraceClock: Sendable {
    /// When the call began.
    let origin: DefaultTracerClock.Timestamp
    private let begun: NIODeadline
    private let steady: @Sendable () -> NIODeadline

    /// A clock of a call that begins now.
    init(
        at origin: DefaultTracerClock.Timestamp = DefaultTracerClock.now,
        steady: @escaping @Sendable () -> NIODeadline = { .now() }
    ) {
        self.origin = origin
        self.steady = steady
        begun = steady()
    }

    /// Now.
    var now: DefaultTracerClock.Timestamp { origin + .nanoseconds((steady() - begun).nanoseconds) }
}

extension DefaultTracerClock.Timestamp {
    /// The time that is so much later, or earlier.
    static func + (time: Self, duration: Duration) -> Self {
        let sum = Int64(clamping: time.nanosecondsSinceEpoch) + duration.wholeNanoseconds
        return Self(nanosecondsSinceEpoch: UInt64(max(0, sum)))
    }
}

// SPDX-License-Identifier: Apache-2.0

import CallModel
import Synchronization

/// Lets calls that are handed over go one after the other, so that they do not come to the other server all at once.
final class HandOverGate: Sendable {
    private struct State: Sendable {
        /// When the next one may go.
        var next: CallInstant
        var passed = 0
    }

    private let interval: Duration
    private let state: Mutex<State>

    /// A gate through which so many calls go a second, from `now` on.
    init(callsPerSecond: Int, at now: CallInstant) {
        interval = .nanoseconds(1_000_000_000 / Int64(max(1, callsPerSecond)))
        state = Mutex(State(next: now))
    }

    /// Lets a call go; or gives how long it has to wait before it asks again.
    func pass(at now: CallInstant) -> Duration? {
        state.withLock { state in
            guard now >= state.next else { return state.next - now }
            // What was not used is lost but for one call: those who wait wake a little late.
            state.next = max(state.next + interval, now)
            state.passed += 1
            return nil
        }
    }

    /// Calls that went.
    var passed: Int { state.withLock { $0.passed } }
}

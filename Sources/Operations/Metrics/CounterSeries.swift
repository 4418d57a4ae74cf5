// SPDX-License-Identifier: Apache-2.0

import Metrics
import Synchronization

/// One figure that only grows.
final class CounterSeries: CounterHandler, FloatingPointCounterHandler {
    private let state = Mutex(0.0)

    var value: Double { state.withLock { $0 } }

    func increment(by amount: Int64) { increment(by: Double(amount)) }

    /// Adds to the figure; what is negative or no number is left out.
    func increment(by amount: Double) {
        guard amount > 0, amount.isFinite else { return }
        state.withLock { $0 += amount }
    }

    func reset() { state.withLock { $0 = 0 } }
}

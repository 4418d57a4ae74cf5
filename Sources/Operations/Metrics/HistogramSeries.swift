// SPDX-License-Identifier: Apache-2.0

import Metrics
import Synchronization

/// One distribution, counted by upper bounds.
final class HistogramSeries: RecorderHandler, TimerHandler {
    private struct State {
        /// How many figures lie up to each bound, and beyond the last.
        var counts: [UInt64]
        var sum = 0.0
    }

    /// Upper bounds, the smallest first.
    let bounds: [Double]
    private let state: Mutex<State>

    /// An empty distribution.
    init(bounds: [Double]) {
        self.bounds = bounds
        state = Mutex(State(counts: Array(repeating: 0, count: bounds.count + 1)))
    }

    func record(_ value: Int64) { record(Double(value)) }

    func record(_ value: Double) {
        guard !value.isNaN else { return }
        let bucket = bounds.firstIndex { value <= $0 } ?? bounds.count
        state.withLock { state in
            state.counts[bucket] += 1
            state.sum += value
        }
    }

    func recordNanoseconds(_ duration: Int64) { record(Double(duration) / 1e9) }

    func preferDisplayUnit(_ unit: TimeUnit) {}

    /// What was counted, at one moment.
    var snapshot: (buckets: [(bound: Double, count: UInt64)], count: UInt64, sum: Double) {
        let state = state.withLock { $0 }
        return (Array(zip(bounds, state.counts)), state.counts.reduce(0, +), state.sum)
    }
}

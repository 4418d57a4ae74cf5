// SPDX-License-Identifier: Apache-2.0

/// What was measured while all calls were there.
package struct LoadWindow: Sendable {
    /// What was counted.
    package var tally: LoadTally
    /// How long it was, in seconds.
    package var seconds: Double
    /// Calls at its end.
    package var calls: Int
    /// The 99th percentile of latency from the deadline in each twelfth of it, in nanoseconds.
    package var p99OverTime: [Int64] = []
    /// What the server used, if it was looked at.
    package var server: UsedProcessor?
    /// What this tool used.
    package var own: UsedProcessor?

    init(tally: LoadTally, seconds: Double, calls: Int) {
        self.tally = tally
        self.seconds = seconds
        self.calls = calls
    }
}

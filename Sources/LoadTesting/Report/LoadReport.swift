// SPDX-License-Identifier: Apache-2.0
import CallModel

/// What a run came to.
package struct LoadReport: Sendable {
    /// What was put on the server.
    package let plan: LoadPlan
    /// What was counted from the first call to the last.
    package let all: LoadTally
    /// What was measured while all calls were there.
    package let window: LoadWindow
    /// The calls that the server holds, where they were searched for.
    package var capacity: CapacityReport?

    init(plan: LoadPlan, all: LoadTally, window: LoadWindow) {
        self.plan = plan
        self.all = all
        self.window = window
    }

    /// What makes the run fail; empty when it is well.
    ///
    /// - Parameter bound: What the 99th percentile of latency, counted from the deadline, may come to.
    /// - Returns: Each kind once.
    package func faults(bound: Duration? = nil) -> [LoadFault] {
        var faults: [LoadFault] = []
        func add(_ kind: LoadFault.Kind, _ count: Int, _ words: @autoclosure () -> String) {
            if count > 0 { faults.append(LoadFault(kind: kind, detail: words())) }
        }
        let sent = all.framesSent
        let failed = all.failures.total
        add(.callsFailed, failed, "\(failed) of \(all.callsStarted); \(Self.first(all.failures))")
        add(.framesLost, all.framesLost, "\(all.framesLost) of \(sent) never came back")
        add(.framesRepeated, all.framesRepeated, "\(all.framesRepeated) came twice, or silence was put between")
        add(.outOfOrder, all.outOfOrder, "\(all.outOfOrder) stretches in another order")
        add(.crossTalk, all.crossTalk, "\(all.crossTalk) stretches with the tone of another call")
        add(.silence, all.silentWindows, "\(all.silentWindows) windows of silence where a tone was due")
        add(.garbled, all.garbled, "\(all.garbled) stretches without the call's tone")
        add(.violations, all.violations.total, "\(all.violations.total) messages; \(Self.first(all.violations))")
        if let bound {
            let p99 = window.tally.fromDeadline.value(atQuantile: 0.99)
            let limit = Int64(bound / .nanoseconds(1))
            add(.late, p99 > limit ? 1 : 0, "p99 is \(p99 / 1_000) µs, at most \(limit / 1_000) µs")
        }
        if let missing { faults.append(LoadFault(kind: .nothingMeasured, detail: missing)) }
        return faults
    }

    /// What there is none of, though without it nothing was measured.
    private var missing: String? {
        if all.callsOpened == 0 { return "no call came about" }
        if plan.isIdle { return nil }
        if all.framesSent == 0 { return "no frame was sent" }
        // A run of calls that are shorter than a ping's second tells of no latency.
        if plan.expectation == .anything { return nil }
        if all.framesReceived == 0 { return "no frame came back; is the bot an echo? If not, say --expect anything" }
        if plan.checksSound, all.windowsChecked == 0 { return "no sound was checked" }
        return nil
    }

    private static func first(_ reasons: ReasonCounts) -> String {
        guard let first = reasons.sorted.first else { return "" }
        return "most often: \(first.reason)"
    }
}

// SPDX-License-Identifier: Apache-2.0

import CallModel

/// What the server carries and how its event loops keep up, as JSON in one line; times are microseconds.
enum LoadText {
    static func text(
        calls: Int,
        connections: Int,
        refused: [String: Int],
        tenants: [TenantFigures],
        loops: [LoopFigures]
    ) -> String {
        // Reasons are words of ours: nothing to escape.
        let reasons = refused.sorted { $0.key < $1.key }.map { "\"\($0.key)\":\($0.value)" }.joined(separator: ",")
        let all = loops.map(text).joined(separator: ",")
        let sharers = tenants.map(text).joined(separator: ",")
        let counts = #""calls":\#(calls),"connections":\#(connections),"refused":{\#(reasons)}"#
        return #"{\#(counts),"tenants":[\#(sharers)],"loops":[\#(all)]}"#
    }

    /// Names of tenants are letters, digits and a few signs that need no escape.
    private static func text(_ tenant: TenantFigures) -> String {
        let counts = #""tenant":"\#(tenant.name)","calls":\#(tenant.calls),"seconds_today":\#(tenant.secondsToday)"#
        let used = #""loop_ms":\#(tenant.loopMilliseconds),"bot_cpu_ms":\#(tenant.botMilliseconds)"#
        return #"{\#(counts),\#(used),"waits":\#(tenant.waits)}"#
    }

    private static func text(_ loop: LoopFigures) -> String {
        let state = #""average_lag_us":\#(loop.averageLag / 1_000),"overdue_us":\#(loop.overdue / 1_000)"#
        let measured = [("lag_us", loop.lag), ("frame_age_us", loop.frameAge), ("lateness_us", loop.lateness)]
            .map { name, histogram in #""\#(name)":\#(text(histogram))"# }.joined(separator: ",")
        let share = Double(Int((loop.busy * 1_000).rounded())) / 1_000
        let refuses = #""late":\#(loop.isLate),"busy":\#(share),"full":\#(loop.isBusy)"#
        let calls = #""calls":\#(loop.calls),"calls_taken":\#(loop.callsTaken),\#(refuses)"#
        return #"{"loop":\#(loop.loop),\#(calls),\#(state),\#(measured)}"#
    }

    private static func text(_ histogram: LatencyHistogram) -> String {
        let quantiles = [("p50", 0.5), ("p90", 0.9), ("p99", 0.99), ("p999", 0.999)]
            .map { name, quantile in #""\#(name)":\#(histogram.value(atQuantile: quantile) / 1_000)"# }
        let count = #""count":\#(histogram.count)"#
        return "{" + ([count] + quantiles + [#""max":\#(histogram.maximum / 1_000)"#]).joined(separator: ",") + "}"
    }
}

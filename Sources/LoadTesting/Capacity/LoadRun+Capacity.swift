// SPDX-License-Identifier: Apache-2.0
import CallModel

extension LoadRun {
    /// How long a number of calls runs before it is measured.
    private static let settling = Duration.seconds(1)

    /// Searches for the most calls whose latency stays within a bound and of which nothing is lost.
    ///
    /// The plan's calls are the most that are tried, and its duration is that of each step.
    ///
    /// - Parameters:
    ///   - bound: What the 99th percentile of latency from the deadline may come to.
    ///   - onStep: Called after each number of calls.
    /// - Returns: The best step's report, with what was found.
    /// - Throws: ``LoadError`` when the plan cannot be.
    package func findCapacity(
        bound: Duration,
        onStep: (@Sendable (CapacityReport.Step) -> Void)? = nil
    ) async throws(LoadError) -> LoadReport {
        try checkProcess()
        let fleet = try LoadFleet(plan)
        let began = ContinuousClock().now
        var search = CapacitySearch(first: 10, maximum: plan.calls)
        var found = CapacityReport()
        var best: (all: LoadTally, window: LoadWindow)?
        while let calls = search.next, !Task.isCancelled {
            await fleet.want(calls)
            let arrival = await arrive(calls, fleet, began: began)
            // The calls' first seconds, in which they come and their audio is looked over, are not measured.
            try? await Task.sleep(for: Self.settling)
            _ = await fleet.takeTally()
            // What went wrong while calls came counts; what the calls of a step before left behind does not.
            var all = LoadTally()
            let window = await measure(fleet, began: began, all: &all)
            all.countOpenings(of: arrival)
            let report = LoadReport(plan: plan, all: all, window: window)
            var fault = report.faults(bound: bound).first?.description
            if window.calls < calls { fault = fault ?? "\(calls - window.calls) of \(calls) calls are not there" }
            let step = CapacityReport.Step(
                calls: calls,
                p99: window.tally.fromDeadline.value(atQuantile: 0.99),
                ownP99: window.tally.lateness.value(atQuantile: 0.99),
                cores: window.server?.cores,
                fault: fault
            )
            found.steps.append(step)
            onStep?(step)
            search.take(wentWell: fault == nil)
            if fault == nil {
                if calls >= found.calls { best = (all, window) }
                found.calls = max(found.calls, calls)
            } else {
                found.isLimitedByTool = step.ownP99 > Int64(bound / .nanoseconds(1)) / 2
                // What has piled up is worked off before the next try.
                await fleet.want(search.good)
                try? await Task.sleep(for: Self.settling + Self.settling)
                _ = await fleet.takeTally()
            }
        }
        await fleet.stop(within: plan.grace + .seconds(6))
        let rest = await fleet.takeTally()
        await fleet.shutDown()
        var report = LoadReport(
            plan: plan,
            all: best?.all ?? rest,
            window: best?.window ?? LoadWindow(tally: rest, seconds: 0, calls: 0)
        )
        report.capacity = found
        return report
    }
}

extension LoadTally {
    /// Adds what another tally says about calls that were to come about.
    fileprivate mutating func countOpenings(of other: LoadTally) {
        callsStarted += other.callsStarted
        callsOpened += max(other.callsOpened, 1)
        opening.merge(other.opening)
        failures.merge(other.failures)
    }
}

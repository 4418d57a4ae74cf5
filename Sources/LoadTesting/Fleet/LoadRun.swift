// SPDX-License-Identifier: Apache-2.0
import CallModel

/// Puts a load on a server and says what came of it.
package struct LoadRun: Sendable {
    /// How a run stands, for whoever shows it.
    package struct Progress: Sendable {
        /// Since the first call was begun.
        package var time: Duration
        /// Calls that send audio.
        package var calls: Int
        /// Since the last report.
        package var news: LoadTally
        /// Cores that the server used since the last report.
        package var cores: Double?
        /// The server's resident memory in KiB.
        package var memory: Int?
    }

    private static let step = Duration.milliseconds(250)
    private static let slices = 12.0

    let plan: LoadPlan
    /// The server's process, if it runs on this machine.
    let process: Int?
    let onProgress: (@Sendable (Progress) -> Void)?
    private let clock = ContinuousClock()

    /// A run.
    ///
    /// - Parameters:
    ///   - plan: What is put on the server.
    ///   - process: The number of the server's process, if it runs on this machine.
    ///   - onProgress: Called four times a second.
    package init(_ plan: LoadPlan, process: Int? = nil, onProgress: (@Sendable (Progress) -> Void)? = nil) {
        self.plan = plan
        self.process = process
        self.onProgress = onProgress
    }

    /// Runs the plan: calls come, are measured for its duration, and leave.
    ///
    /// Cancelling the task ends the run early, with the report so far.
    ///
    /// - Throws: ``LoadError`` when the plan cannot be, or there is no such process.
    package func run() async throws(LoadError) -> LoadReport {
        try checkProcess()
        let fleet = try LoadFleet(plan)
        let began = clock.now
        await fleet.want(plan.calls)
        var all = await arrive(plan.calls, fleet, began: began)
        let settled = clock.now + plan.settling
        while clock.now < settled, !Task.isCancelled {
            try? await Task.sleep(for: min(Self.step, settled - clock.now))
            let news = await fleet.takeTally()
            all.merge(news)
            report(Progress(time: clock.now - began, calls: await fleet.liveCalls, news: news))
        }
        let measured = await measure(fleet, began: began, all: &all)
        await fleet.stop(within: plan.grace + .seconds(6))
        all.merge(await fleet.takeTally())
        await fleet.shutDown()
        return LoadReport(plan: plan, all: all, window: measured)
    }

    func checkProcess() throws(LoadError) {
        if let process, ProcessUsage.read(process) == nil {
            throw LoadError("there is no process \(process) that this user may look at")
        }
    }

    /// Waits until so many calls are there, or have failed; not longer than they should take and ten seconds.
    func arrive(_ calls: Int, _ fleet: LoadFleet, began: ContinuousClock.Instant) async -> LoadTally {
        var tally = LoadTally()
        let limit = clock.now + .seconds(Double(calls) / plan.rate) + .seconds(10)
        while clock.now < limit, !Task.isCancelled {
            let live = await fleet.liveCalls
            let news = await fleet.takeTally()
            tally.merge(news)
            report(Progress(time: clock.now - began, calls: live, news: news))
            if live >= calls || tally.failures.total > calls / 10 { break }
            // With short calls there may never be all at a time.
            if plan.callLength != nil, tally.callsStarted >= calls { break }
            // Between two looks at the fleet, for as long as its calls take to come.
            try? await Task.sleep(for: min(Self.step, .milliseconds(20 + 2 * calls)))
        }
        return tally
    }

    /// Lets the calls run for the plan's duration and counts.
    ///
    /// - Parameters:
    ///   - fleet: The calls.
    ///   - began: When the run began.
    ///   - all: What the run counted; what the window counts comes to it.
    /// - Returns: What was measured.
    func measure(_ fleet: LoadFleet, began: ContinuousClock.Instant, all: inout LoadTally) async -> LoadWindow {
        // What came before the window belongs to the run, but not to the window.
        all.merge(await fleet.takeTally())
        var tally = LoadTally()
        let from = clock.now
        let start = process.flatMap(ProcessUsage.read)
        let ownStart = ProcessUsage.own()
        var last = start
        var lastTime = from
        var mostMemory = start?.memory ?? 0
        var calls = await fleet.liveCalls
        var (slice, slices) = (LatencyHistogram(), [Int64]())
        while clock.now - from < plan.duration, !Task.isCancelled {
            // The window itself, cut into steps so that progress is shown.
            try? await Task.sleep(for: min(Self.step, max(.milliseconds(1), plan.duration - (clock.now - from))))
            let news = await fleet.takeTally()
            tally.merge(news)
            slice.merge(news.fromDeadline)
            calls = await fleet.liveCalls
            let now = clock.now
            if (now - from) / plan.duration * Self.slices >= Double(slices.count + 1), slice.count > 0 {
                slices.append(slice.value(atQuantile: 0.99))
                slice = LatencyHistogram()
            }
            let usage = process.flatMap(ProcessUsage.read)
            mostMemory = max(mostMemory, usage?.memory ?? 0)
            var progress = Progress(time: now - began, calls: calls, news: news)
            if let usage, let last { progress.cores = (usage.total - last.total) / ((now - lastTime) / .seconds(1)) }
            progress.memory = usage?.memory
            (last, lastTime) = (usage, now)
            report(progress)
        }
        all.merge(tally)
        let seconds = (clock.now - from) / .seconds(1)
        let end = process.flatMap(ProcessUsage.read)
        var window = LoadWindow(tally: tally, seconds: seconds, calls: calls)
        window.p99OverTime = slices
        if let start, let end {
            window.server = UsedProcessor(from: start, to: end, seconds: seconds, mostMemory: mostMemory)
        }
        if let ownStart, let own = ProcessUsage.own() {
            window.own = UsedProcessor(from: ownStart, to: own, seconds: seconds, mostMemory: own.memory)
        }
        return window
    }

    private func report(_ progress: Progress) { onProgress?(progress) }
}

extension LoadRun.Progress {
    init(time: Duration, calls: Int, news: LoadTally) {
        self.init(time: time, calls: calls, news: news, cores: nil, memory: nil)
    }
}

// SPDX-License-Identifier: Apache-2.0
import NIOCore
import NIOPosix

/// The loops that play the calls of a run.
package final class LoadFleet: Sendable {
    private let group: MultiThreadedEventLoopGroup
    private let loops: [NIOLoopBoundBox<LoadLoop>]

    /// Makes the loops; no call begins before ``want(_:)``.
    ///
    /// - Throws: ``LoadError`` when the plan cannot be.
    package init(_ plan: LoadPlan) throws(LoadError) {
        let settings = try LoadSettings(plan)
        let count = max(1, min(plan.loops, plan.calls))
        group = MultiThreadedEventLoopGroup(numberOfThreads: count)
        loops = Array(group.makeIterator()).enumerated().map { number, eventLoop in
            let places = Array(stride(from: number, to: plan.calls, by: count))
            let rate = plan.rate / Double(count)
            return NIOLoopBoundBox.makeBoxSendingValue(
                LoadLoop(eventLoop, settings, places: places, rate: rate),
                eventLoop: eventLoop
            )
        }
    }

    /// Sets how many calls there are to be, spread over the loops.
    package func want(_ calls: Int) async {
        for (number, loop) in loops.enumerated() {
            let share = (calls + loops.count - 1 - number) / loops.count
            await ask(loop) { $0.want(share) }
        }
    }

    /// What was counted since it was asked for last.
    package func takeTally() async -> LoadTally {
        var tally = LoadTally()
        for loop in loops { tally.merge(await ask(loop) { $0.takeTally() }) }
        return tally
    }

    /// Calls that send audio.
    package var liveCalls: Int {
        get async {
            var calls = 0
            for loop in loops { calls += await ask(loop) { $0.liveCalls } }
            return calls
        }
    }

    /// Lets all calls leave, and returns when they have, or after `limit`; then ends the threads.
    package func stop(within limit: Duration) async {
        for loop in loops { await ask(loop) { $0.stop() } }
        let clock = ContinuousClock()
        let end = clock.now + limit
        while clock.now < end {
            var isEmpty = true
            for loop in loops where isEmpty { isEmpty = await ask(loop) { $0.isEmpty } }
            if isEmpty { break }
            // Asked again and again, not told: it happens once, at the end of a run.
            try? await Task.sleep(for: .milliseconds(10))
        }
    }

    /// Ends the threads; call it last.
    package func shutDown() async {
        try? await group.shutdownGracefully()
    }

    private func ask<Answer: Sendable>(
        _ loop: NIOLoopBoundBox<LoadLoop>,
        _ question: @escaping @Sendable (LoadLoop) -> Answer
    ) async -> Answer {
        await withCheckedContinuation { continuation in
            loop.eventLoop.execute { continuation.resume(returning: question(loop.value)) }
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
import NIOCore
import NIOEmbedded
import Testing

@testable import BridgeServer

/// What a tenant has of a loop, by a clock of the test's own: milliseconds below.
@Suite struct ShareTests {
    private static let millisecond: Int64 = 1_000_000

    struct Spending: Sendable, CustomTestStringConvertible {
        var name: String
        var percent: Int
        /// When something was spent, how much, and how long was to be waited then.
        var steps: [(at: Double, spent: Double, wait: Double)]

        var testDescription: String { name }
    }

    static let spendings = [
        Spending(
            name: "half of 20 ms at once, then half of the time",
            percent: 50,
            steps: [(0, 9.999, 0), (0, 0.001, 0), (0, 5, 10), (10, 0, 0), (12, 1, 0), (12, 4, 8)]
        ),
        Spending(
            name: "no more is saved up in a minute than in 20 ms",
            percent: 10,
            steps: [(0, 2, 0), (60_000, 2, 0), (60_000, 1, 10)]
        ),
        Spending(
            name: "what is owed beyond 50 ms is forgiven",
            percent: 50,
            steps: [(0, 10_000, 100), (50, 0, 50), (100, 0, 0), (102, 0, 0)]
        ),
        Spending(
            name: "a clock that stands still fills nothing",
            percent: 50,
            steps: [(5, 20, 20), (5, 0, 20), (4, 0, 20), (25, 0, 0)]
        ),
    ]

    @Test(arguments: spendings)
    func `A share is spent and fills again`(_ row: Spending) {
        var budget = ShareBudget(percent: row.percent, at: 0)
        for (number, step) in row.steps.enumerated() {
            let now = Int64(step.at * 1_000) * Self.millisecond / 1_000
            budget.spend(Int64(step.spent * 1_000) * Self.millisecond / 1_000, at: now)
            let wait = Double(budget.wait()) / Double(Self.millisecond)
            #expect(abs(wait - step.wait) < 0.001, "step \(number)")
            #expect(budget.isOpen(at: now) == (wait == 0), "step \(number)")
        }
    }

    @Test func `What a call costs is what calls cost in the last second`() {
        let second = ShareUsage.window
        var usage = ShareUsage(at: 0)
        #expect(usage.expected == ShareUsage.costUnmeasured)
        for _ in 0..<10 { usage.enter(at: 0) }
        #expect(usage.expected == ShareUsage.costUnmeasured * 11)
        #expect(usage.spend(second / 50, at: second / 2) == nil)
        // Ten calls used a fiftieth and then as much again of the second.
        #expect(usage.spend(second / 50, at: second) == second / 25)
        #expect(abs(usage.expected - 0.044) < 1e-9)
        // Calls that come in the middle of a second cost half of it.
        for _ in 0..<10 { usage.enter(at: second * 3 / 2) }
        #expect(abs(usage.expected - 0.084) < 1e-9)
        #expect(usage.spend(second * 15 / 1_000, at: second * 2) == second * 15 / 1_000)
        #expect(abs(usage.cost - 0.001) < 1e-9)
        // An idle second does not make the next call free.
        for _ in 0..<20 { usage.leave(at: second * 2) }
        #expect(usage.spend(0, at: second * 9) == 0)
        #expect(abs(usage.expected - 0.001) < 1e-9)
    }

    /// A call that waits to be read again.
    private final class Waiting: SharingCall {
        var isRead = false
        func readAgain() { isRead = true }
    }

    @Test func `A tenant's calls are refused and wait when their share of the loop is used up`() {
        let second = ShareUsage.window
        let loop = EmbeddedEventLoop()
        let load = TenantLoad(name: "acme", cpuPercent: 10, cores: 2)
        var now: Int64 = 0
        let share = LoopShare(load, loop: loop) { now }
        // Twenty calls are taken to need a tenth before any was measured.
        for _ in 0..<20 {
            #expect(!share.isFull())
            share.callBegan()
        }
        #expect(share.isFull())
        // They need a twenty-fifth: as many again have room, and not three times as many.
        now = second
        #expect(share.spent(since: second - second / 25))
        for _ in 20..<40 {
            #expect(!share.isFull())
            share.callBegan()
        }
        for _ in 40..<60 { share.callBegan() }
        #expect(share.isFull())
        load.cpuPercent = 100
        #expect(!share.isFull())
        load.cpuPercent = 10
        #expect(share.isFull())
        #expect(load.loopNanoseconds == second / 25)
        // What is owed is paid after 380 ms; then eight are read again at once.
        let calls = (0..<10).map { _ in Waiting() }
        for call in calls { share.wait(call) }
        now += 379_000_000
        loop.advanceTime(by: .milliseconds(379))
        #expect(!calls.contains { $0.isRead })
        now += 2_000_000
        loop.advanceTime(by: .milliseconds(2))
        #expect(calls.filter(\.isRead).count == 8)
        now += 2_000_000
        loop.advanceTime(by: .milliseconds(2))
        #expect(calls.filter(\.isRead).count == 10)
        #expect(load.waitCount == 10)
        for _ in 0..<60 { share.callEnded() }
        #expect(!share.isFull())
    }

    @Test(arguments: [(2, 100, 4), (2, 50, 2), (2, 1, 2), (8, 50, 8), (8, 33, 6), (64, 1, 2)])
    func `A tenant's bots have their part of the threads`(cores: Int, percent: Int, threads: Int) {
        #expect(BotThreadPool.threadCount(cores: cores, percent: percent) == threads)
    }
}

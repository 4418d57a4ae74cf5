// SPDX-License-Identifier: Apache-2.0

import NIOCore
import Synchronization

/// What one tenant uses of the machine, on all loops and by its bots; one object for the tenant's life in this process.
final class TenantLoad: Sendable {
    private struct State: Sendable {
        var sampledAt: Int64?
        var botNanoseconds: Int64 = 0
        var botPart = 0.0
    }

    /// Time between two looks at the clocks of bots' threads, in nanoseconds.
    private static let period: Int64 = 1_000_000_000

    /// The tenant's name.
    let name: String
    /// The threads of its bots, which no other tenant's bot can take.
    let bots: BotThreadPool
    private let percent: Atomic<Int>
    private let loopTime = Atomic<Int64>(0)
    private let waits = Atomic<Int>(0)
    private let state = Mutex(State())

    /// A tenant that has used nothing; its bots' threads are not started yet.
    init(name: String, cpuPercent: Int, cores: Int = System.coreCount) {
        self.name = name
        percent = Atomic(cpuPercent)
        bots = BotThreadPool(cores: cores, percent: cpuPercent)
    }

    /// Its part of each loop and of the processors, 1…100; may be changed while calls are up.
    var cpuPercent: Int {
        get { percent.load(ordering: .relaxed) }
        set { percent.store(newValue, ordering: .relaxed) }
    }

    /// Time that its calls used on event loops, in nanoseconds; up to a second old for each loop.
    var loopNanoseconds: Int64 { loopTime.load(ordering: .relaxed) }

    /// Processor time that its bots' threads used, in nanoseconds.
    var botNanoseconds: Int64 { bots.cpuNanoseconds }

    /// How often a socket had to wait because the tenant's share of its loop was used up.
    var waitCount: Int { waits.load(ordering: .relaxed) }

    /// Whether its bots use as much of the processors as it may have.
    var areBotsFull: Bool {
        let percent = cpuPercent
        return percent < 100 && state.withLock { $0.botPart * 100 >= Double(percent) }
    }

    /// Counts a socket that has to wait.
    func countWait() { waits.add(1, ordering: .relaxed) }

    /// Takes what was used on one loop, and once in a second looks at what bots use.
    func publish(loopNanoseconds: Int64, at now: Int64, cores: Int = System.coreCount) {
        loopTime.add(loopNanoseconds, ordering: .relaxed)
        state.withLock { state in
            guard let last = state.sampledAt else { return state.sampledAt = now }
            let passed = now - last
            guard passed >= Self.period else { return }
            let used = bots.cpuNanoseconds
            state.botPart = Double(used - state.botNanoseconds) / Double(passed * Int64(max(1, cores)))
            state.botNanoseconds = used
            state.sampledAt = now
        }
    }
}

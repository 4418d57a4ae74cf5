// SPDX-License-Identifier: Apache-2.0

import NIOCore
import NIOPosix
import Synchronization

#if canImport(Musl)
import Musl
#else
import Glibc
#endif

/// The threads on which bots run: their own, so that a bot that computes delays neither audio nor Swift's global pool.
///
/// At least four threads and twice the cores: as many bots as there are cores may spin, and others still run. A tenant has
/// threads that no other tenant's bot can take, a part of as many. The threads have a lower priority than those that serve
/// sockets.
final class BotThreadPool: TaskExecutor {
    private let pool: NIOThreadPool
    /// Threads whose priority has been lowered already.
    private let isLowered = ThreadSpecificVariable<Lowered>()

    private final class Lowered: Sendable {}

    /// The clocks of the threads that ran something.
    private let clocks = Mutex<[clockid_t]>([])

    /// By how much bots' threads yield to the threads that serve sockets, as `nice` has it.
    static let niceness: Int32 = 5

    /// Threads that are not started yet.
    ///
    /// - Parameters:
    ///   - cores: processors of the machine.
    ///   - percent: the part of the threads that there are for all, at least two.
    init(cores: Int = System.coreCount, percent: Int = 100) {
        pool = NIOThreadPool(numberOfThreads: Self.threadCount(cores: cores, percent: percent))
    }

    /// Threads for a part of the machine.
    static func threadCount(cores: Int, percent: Int) -> Int { max(2, (max(4, cores * 2) * percent + 99) / 100) }

    /// Processor time that the threads used so far, in nanoseconds; those that ended count no more.
    var cpuNanoseconds: Int64 {
        clocks.withLock { $0 }.reduce(0) { sum, clock in
            var time = timespec()
            guard unsafe clock_gettime(clock, &time) == 0 else { return sum }
            return sum + Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
        }
    }

    /// Starts the threads.
    func start() { pool.start() }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        let executor = unsafe asUnownedTaskExecutor()
        pool.submit { [self] _ in
            prepareThread()
            unsafe job.runSynchronously(on: executor)
        }
    }

    /// Notes the clock of the thread that asks, and lets the threads that serve sockets run before it, once for each thread;
    /// where the system does not allow it, all stay as they are.
    private func prepareThread() {
        guard isLowered.currentValue == nil else { return }
        isLowered.currentValue = Lowered()
        var clock = clockid_t()
        if unsafe pthread_getcpuclockid(pthread_self(), &clock) == 0 { clocks.withLock { $0.append(clock) } }
        #if canImport(Musl)
        let which = PRIO_PROCESS
        #else
        let which = __priority_which_t(PRIO_PROCESS.rawValue)
        #endif
        // Linux counts threads as processes here: 0 is the thread that asks.
        _ = setpriority(which, 0, getpriority(which, 0) + Self.niceness)
    }

    /// Ends the threads once nothing runs on them; false when something still does when the time is over.
    ///
    /// A thread cannot be stopped from outside: what runs on is left alone and ends with the process.
    func shutDown(within limit: Duration) async -> Bool {
        let pool = pool
        let (answers, answer) = AsyncStream.makeStream(of: Bool.self)
        let ending = Task {
            try? await pool.shutdownGracefully()
            answer.yield(true)
        }
        let alarm = Task {
            // The bound itself: threads that do not come back are waited for so long; cancelled when they do.
            try await Task.sleep(for: limit)
            answer.yield(false)
        }
        defer {
            ending.cancel()
            alarm.cancel()
        }
        for await isDone in answers { return isDone }
        return false
    }
}

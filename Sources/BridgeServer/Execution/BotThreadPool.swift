// SPDX-License-Identifier: Apache-2.0

import NIOCore
import NIOPosix

#if canImport(Musl)
import Musl
#else
import Glibc
#endif

/// The threads on which bots run: their own, so that a bot that computes delays neither audio nor Swift's global pool.
///
/// At least four threads and twice the cores: as many bots as there are cores may spin, and others still run. The threads
/// have a lower priority than those that serve sockets.
final class BotThreadPool: TaskExecutor {
    private let pool: NIOThreadPool
    /// Threads whose priority has been lowered already.
    private let isLowered = ThreadSpecificVariable<Lowered>()

    private final class Lowered: Sendable {}

    /// By how much bots' threads yield to the threads that serve sockets, as `nice` has it.
    static let niceness: Int32 = 5

    /// Threads that are not started yet.
    ///
    /// - Parameter cores: processors of the machine.
    init(cores: Int = System.coreCount) { pool = NIOThreadPool(numberOfThreads: max(4, cores * 2)) }

    /// Starts the threads.
    func start() { pool.start() }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        let executor = unsafe asUnownedTaskExecutor()
        pool.submit { [self] _ in
            lowerPriority()
            unsafe job.runSynchronously(on: executor)
        }
    }

    /// Lets the threads that serve sockets run before the thread that asks, once for each thread; where the system does
    /// not allow it, all stay as they are.
    private func lowerPriority() {
        guard isLowered.currentValue == nil else { return }
        isLowered.currentValue = Lowered()
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

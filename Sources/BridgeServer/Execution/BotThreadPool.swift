// SPDX-License-Identifier: Apache-2.0

import NIOCore
import NIOPosix

/// The threads on which bots run: their own, so that a bot that computes delays neither audio nor Swift's global pool.
///
/// At least four threads and twice the cores: as many bots as there are cores may spin, and others still run.
final class BotThreadPool: TaskExecutor {
    private let pool: NIOThreadPool

    /// Threads that are not started yet.
    ///
    /// - Parameter cores: processors of the machine.
    init(cores: Int = System.coreCount) { pool = NIOThreadPool(numberOfThreads: max(4, cores * 2)) }

    /// Starts the threads.
    func start() { pool.start() }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        let executor = unsafe asUnownedTaskExecutor()
        pool.submit { _ in unsafe job.runSynchronously(on: executor) }
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

// SPDX-License-Identifier: Apache-2.0

import NIOCore
import NIOPosix

/// The threads on which bots run: their own, so that a bot that computes delays neither audio nor Swift's global pool.
///
/// At least four threads and twice the cores: as many bots as there are cores may spin, and others still run.
final class BotThreadPool: TaskExecutor {
    private let pool: NIOThreadPool

    /// Starts the threads.
    ///
    /// - Parameter cores: processors of the machine.
    init(cores: Int = System.coreCount) {
        pool = NIOThreadPool(numberOfThreads: max(4, cores * 2))
        pool.start()
    }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        let executor = unsafe asUnownedTaskExecutor()
        pool.submit { _ in unsafe job.runSynchronously(on: executor) }
    }

    /// Ends the threads once nothing runs on them.
    func shutDown() async throws { try await pool.shutdownGracefully() }
}

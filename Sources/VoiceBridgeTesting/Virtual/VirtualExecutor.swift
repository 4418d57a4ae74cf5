// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// Runs a bot's task when the driver of virtual time says so, on the driver's thread.
final class VirtualExecutor: TaskExecutor {
    private let jobs = Mutex<[UnownedJob]>([])

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        jobs.withLock { $0.append(job) }
    }

    /// Whether a job waits.
    var hasWork: Bool { jobs.withLock { !$0.isEmpty } }

    /// Runs the jobs that wait, and those that they bring.
    func run() {
        while true {
            let waiting = jobs.withLock { jobs in
                defer { jobs = [] }
                return jobs
            }
            guard !waiting.isEmpty else { return }
            for job in waiting { unsafe job.runSynchronously(on: asUnownedTaskExecutor()) }
        }
    }
}

// SPDX-License-Identifier: Apache-2.0

import NIOCore

/// Runs the tasks of bots on their call's event loop, for bots that are known to be short.
final class LoopTaskExecutor: TaskExecutor {
    private let loop: any EventLoop
    private let gate: LoopGate
    private let share: NIOLoopBound<LoopShare>?

    /// Runs jobs on a loop; what they need is paid from a tenant's share of it, if they are a tenant's.
    init(_ loop: any EventLoop, gate: LoopGate, share: LoopShare? = nil) {
        self.loop = loop
        self.gate = gate
        self.share = share.map { NIOLoopBound($0, eventLoop: loop) }
    }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        let executor = unsafe asUnownedTaskExecutor()
        guard gate.isOpen else { return }
        loop.execute { [share] in
            guard let share = share?.value else { return unsafe job.runSynchronously(on: executor) }
            let start = share.now
            unsafe job.runSynchronously(on: executor)
            _ = share.spent(since: start)
        }
    }
}

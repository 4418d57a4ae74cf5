// SPDX-License-Identifier: Apache-2.0

import NIOCore

/// Runs the tasks of bots on their call's event loop, for bots that are known to be short.
final class LoopTaskExecutor: TaskExecutor {
    private let loop: any EventLoop
    private let gate: LoopGate

    init(_ loop: any EventLoop, gate: LoopGate) {
        self.loop = loop
        self.gate = gate
    }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        let executor = unsafe asUnownedTaskExecutor()
        guard gate.isOpen else { return }
        loop.execute { unsafe job.runSynchronously(on: executor) }
    }
}

// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// How long a stage may be without progress.
final class Deadline: Sendable {
    private let clock: PipelineClock
    private let limit: Duration
    /// When the stage is late; nil while it may take its time.
    private let due: Mutex<Duration?>

    /// A deadline that runs from now, or from the first ``progress()`` when it is suspended.
    init(_ limit: Duration, clock: PipelineClock, isSuspended: Bool = false) {
        self.clock = clock
        self.limit = limit
        due = Mutex(isSuspended ? nil : clock.now() + limit)
    }

    /// The stage did something: its time begins anew.
    func progress() {
        let next = clock.now() + limit
        due.withLock { $0 = next }
    }

    /// What is waited for is not the stage's: its time stands still until the next ``progress()``.
    func suspend() { due.withLock { $0 = nil } }

    /// Returns when the stage is late; throws `CancellationError`.
    func wait() async throws {
        while true {
            let now = clock.now()
            guard let due = due.withLock({ $0 }) else {
                // While suspended, coming back as often as the limit is long costs little and is never too late.
                try await clock.sleep(limit)
                continue
            }
            guard due > now else { return }
            try await clock.sleep(due - now)
        }
    }

    /// Does work, and calls `late` when it is late.
    ///
    /// Returns when the work does: work that does not heed its cancellation is not waited for by those who watch what `late`
    /// sets off.
    func watch<Result: Sendable>(
        _ work: @escaping @Sendable () async throws -> Result,
        late: @escaping @Sendable () -> Void
    ) async throws -> Result {
        try await withThrowingTaskGroup(of: Result?.self) { group in
            group.addTask { try await work() }
            group.addTask {
                try await self.wait()
                late()
                return nil
            }
            defer { group.cancelAll() }
            guard let result = try await group.next() ?? nil else { throw CancellationError() }
            return result
        }
    }
}

// SPDX-License-Identifier: Apache-2.0

/// The time that a pipeline's deadlines are held by.
package struct PipelineClock: Sendable {
    /// The time since some origin; never goes back.
    package var now: @Sendable () -> Duration
    /// Waits; throws `CancellationError` when the task is cancelled.
    package var sleep: @Sendable (Duration) async throws -> Void

    /// A clock of one's own, for tests in virtual time.
    package init(now: @escaping @Sendable () -> Duration, sleep: @escaping @Sendable (Duration) async throws -> Void) {
        self.now = now
        self.sleep = sleep
    }

    /// The system's monotonic clock.
    package static let continuous: PipelineClock = {
        let origin = ContinuousClock.now
        return PipelineClock(
            now: { origin.duration(to: .now) },
            // The real clock's own way to wait; tests put virtual time here. No tolerance: a turn's end hangs on it.
            sleep: { try await Task.sleep(for: $0, tolerance: .zero) }
        )
    }()
}

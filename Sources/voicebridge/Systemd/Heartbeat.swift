// SPDX-License-Identifier: Apache-2.0
import Dispatch
import Synchronization

/// Calls something again and again on a thread of its own, whatever the rest of the program is busy with.
final class Heartbeat: Sendable {
    private let queue = DispatchQueue(label: "heartbeat", qos: .userInitiated)
    private let period: DispatchTimeInterval
    private let beat: @Sendable () -> Void
    private let isStopped = Mutex(false)

    /// Begins at once; goes on as long as it is held.
    init(every period: Duration, _ beat: @escaping @Sendable () -> Void) {
        let (seconds, attoseconds) = period.components
        self.period = .milliseconds(Int(seconds * 1_000 + attoseconds / 1_000_000_000_000_000))
        self.beat = beat
        queue.async { [weak self] in self?.turn() }
    }

    /// Ends it.
    func stop() { isStopped.withLock { $0 = true } }

    private func turn() {
        guard !isStopped.withLock({ $0 }) else { return }
        beat()
        queue.asyncAfter(deadline: .now() + period) { [weak self] in self?.turn() }
    }
}

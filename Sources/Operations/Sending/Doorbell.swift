// SPDX-License-Identifier: Apache-2.0
import Synchronization

/// Wakes the one task that waits for it, or the next that will.
final class Doorbell: Sendable {
    private struct State {
        var isRung = false
        var waiting: CheckedContinuation<Void, Never>?
    }

    private let state = Mutex(State())

    /// Wakes who waits; never waits itself.
    func ring() {
        let waiting = state.withLock { state -> CheckedContinuation<Void, Never>? in
            defer { state.waiting = nil }
            state.isRung = state.waiting == nil
            return state.waiting
        }
        waiting?.resume()
    }

    /// Waits until it rings, so many milliseconds are over, or the task is cancelled.
    func wait(milliseconds: Int64) async {
        let alarm = Task {
            // The sleep is the bound of the wait, which ends before when somebody rings.
            guard (try? await Task.sleep(for: .milliseconds(milliseconds))) != nil else { return }
            ring()
        }
        defer { alarm.cancel() }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isOver = state.withLock { state in
                    guard !state.isRung, !Task.isCancelled else {
                        state.isRung = false
                        return true
                    }
                    state.waiting = continuation
                    return false
                }
                if isOver { continuation.resume() }
            }
        } onCancel: {
            ring()
        }
    }
}

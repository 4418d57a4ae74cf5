// SPDX-License-Identifier: Apache-2.0

internal import Synchronization

/// A clock for tests: it stands still, and whoever sleeps by it sleeps until it is told to go on.
package final class HeldClock: Sendable {
    private struct Sleeper {
        var length: Duration
        var until: Duration
        var continuation: CheckedContinuation<Void, any Error>
    }

    private struct State {
        var now = Duration.zero
        var count = 0
        var sleepers: [Int: Sleeper] = [:]
    }

    private let state = Mutex(State())

    /// A clock at zero.
    package init() {}

    /// Time since the beginning.
    package var now: Duration { state.withLock { $0.now } }
    /// How many sleep.
    package var sleeperCount: Int { state.withLock { $0.sleepers.count } }

    /// Sleeps until the clock has gone on so far.
    ///
    /// - Throws: `CancellationError`.
    package func sleep(for duration: Duration) async throws {
        let number = state.withLock { state in
            state.count += 1
            return state.count
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let isCancelled = state.withLock { state in
                    if Task.isCancelled { return true }
                    state.sleepers[number] = Sleeper(
                        length: duration,
                        until: state.now + duration,
                        continuation: continuation
                    )
                    return false
                }
                if isCancelled { continuation.resume(throwing: CancellationError()) }
            }
        } onCancel: {
            let sleeper = state.withLock { $0.sleepers.removeValue(forKey: number) }
            sleeper?.continuation.resume(throwing: CancellationError())
        }
    }

    /// Goes on, and wakes whose time has come.
    package func advance(by duration: Duration) {
        let woken = state.withLock { state in
            state.now += duration
            let due = state.sleepers.filter { $0.value.until <= state.now }
            for number in due.keys { state.sleepers[number] = nil }
            return due.values.sorted { $0.until < $1.until }
        }
        for sleeper in woken { sleeper.continuation.resume() }
    }

    /// Waits until somebody sleeps for each of these lengths, then goes on until the first of all wakes; without end unless
    /// cancelled.
    package func advanceToNext(whenAsleep lengths: [Duration]) async {
        while !Task.isCancelled {
            let next = state.withLock { state -> Duration? in
                let sleepers = state.sleepers.values
                guard lengths.allSatisfy({ length in sleepers.contains { $0.length == length } }) else { return nil }
                return sleepers.map(\.until).min().map { $0 - state.now }
            }
            if let next { return advance(by: next) }
            await Task.yield()
        }
    }
}

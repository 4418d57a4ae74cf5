// SPDX-License-Identifier: Apache-2.0
import Synchronization

/// A value that tests wait for, with a deadline that fails the test.
final class Watched<Value: Sendable>: Sendable {
    /// The value did not become what was waited for.
    struct Overdue: Error, CustomStringConvertible {
        let description: String
    }

    private struct State {
        var value: Value
        var version = 0
        var nextWaiter = 0
        var waiters: [Int: CheckedContinuation<Void, Never>] = [:]
    }

    private let state: Mutex<State>

    init(_ value: Value) { state = Mutex(State(value: value)) }

    var value: Value { state.withLock { $0.value } }

    /// Changes the value and wakes whoever waits.
    func update<Result: Sendable>(_ change: @Sendable (inout Value) -> Result) -> Result {
        let (result, waiters) = state.withLock { state in
            let result = change(&state.value)
            let waiters = Array(state.waiters.values)
            state.waiters.removeAll()
            state.version += 1
            return (result, waiters)
        }
        for waiter in waiters { waiter.resume() }
        return result
    }

    /// Waits until `take` gives something; it may change the value.
    func wait<Result: Sendable>(
        _ what: @autoclosure () -> String,
        within limit: Duration = .seconds(20),
        until take: @Sendable (inout Value) throws -> Result?
    ) async throws -> Result {
        let deadline = ContinuousClock.now + limit
        while true {
            let (taken, version) = try state.withLock { state in (try take(&state.value), state.version) }
            if let taken { return taken }
            guard ContinuousClock.now < deadline else {
                throw Overdue(description: "no \(what()) within \(limit): \("\(value)".prefix(2_000))")
            }
            await change(since: version, by: deadline)
        }
    }

    private func change(since version: Int, by deadline: ContinuousClock.Instant) async {
        let id = state.withLock { state in
            state.nextWaiter += 1
            return state.nextWaiter
        }
        let alarm = Task {
            try await Task.sleep(until: deadline, clock: .continuous)
            state.withLock { $0.waiters.removeValue(forKey: id) }?.resume()
        }
        await withCheckedContinuation { continuation in
            let isLate = state.withLock { state in
                if state.version != version || ContinuousClock.now >= deadline { return true }
                state.waiters[id] = continuation
                return false
            }
            if isLate { continuation.resume() }
        }
        alarm.cancel()
    }
}

// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// A value that is set once and may be awaited by any number of tasks.
final class OneShot<Value: Sendable>: Sendable {
    private struct State {
        var value: Value?
        var waiters: [UInt64: CheckedContinuation<Value?, Never>] = [:]
        var nextWaiter: UInt64 = 0
    }

    private let state = Mutex(State())

    /// The value, once it is set.
    var value: Value? { state.withLock { $0.value } }

    /// Sets the value; false when it was set before.
    @discardableResult
    func set(_ value: Value) -> Bool {
        let waiters = state.withLock { state -> [CheckedContinuation<Value?, Never>]? in
            guard state.value == nil else { return nil }
            state.value = value
            defer { state.waiters.removeAll() }
            return Array(state.waiters.values)
        }
        guard let waiters else { return false }
        for waiter in waiters { waiter.resume(returning: value) }
        return true
    }

    /// Waits for the value.
    ///
    /// - Throws: `CancellationError` when the task is cancelled first.
    func get() async throws -> Value {
        let number = state.withLock { state in
            defer { state.nextWaiter += 1 }
            return state.nextWaiter
        }
        let value = await withTaskCancellationHandler {
            await withCheckedContinuation { (continuation: CheckedContinuation<Value?, Never>) in
                let (isReady, value) = state.withLock { state -> (Bool, Value?) in
                    if state.value != nil || Task.isCancelled { return (true, state.value) }
                    state.waiters[number] = continuation
                    return (false, nil)
                }
                if isReady { continuation.resume(returning: value) }
            }
        } onCancel: {
            let waiter = state.withLock { $0.waiters.removeValue(forKey: number) }
            waiter?.resume(returning: nil)
        }
        guard let value else { throw CancellationError() }
        return value
    }
}

extension OneShot where Value == Void {
    /// Whether it was set.
    var isOpen: Bool { value != nil }
    /// Sets it.
    func open() { set(()) }
}

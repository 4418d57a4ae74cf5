// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// Where one operator waits for what becomes of one action: the first answer counts.
final class OperatorReply<Answer: Sendable>: Sendable {
    private struct State {
        var waiter: CheckedContinuation<Answer, Never>?
        var answer: Answer?
        var isTaken = false
    }

    private let state = Mutex(State())

    /// Takes the action up; false when nobody waits for it any more.
    func take() -> Bool {
        state.withLock { state in
            guard state.answer == nil else { return false }
            state.isTaken = true
            return true
        }
    }

    /// Answers, unless it is answered.
    func resolve(_ answer: Answer) { resolve { _ in answer } }

    /// Answers by whether the action was taken up, unless it is answered.
    func resolve(_ make: (_ isTaken: Bool) -> Answer) {
        let (waiter, answer) = state.withLock { state -> (CheckedContinuation<Answer, Never>?, Answer?) in
            guard state.answer == nil else { return (nil, nil) }
            let answer = make(state.isTaken)
            state.answer = answer
            defer { state.waiter = nil }
            return (state.waiter, answer)
        }
        if let waiter, let answer { waiter.resume(returning: answer) }
    }

    /// Waits for the answer, so long at most; then `late` tells by whether the action was taken up what is answered.
    func wait(atMost limit: Duration, late: @escaping @Sendable (_ isTaken: Bool) -> Answer) async -> Answer {
        let deadline = Task {
            try await Task.sleep(for: limit)
            resolve(late)
        }
        defer { deadline.cancel() }
        return await withCheckedContinuation { continuation in
            let answer = state.withLock { state -> Answer? in
                if state.answer == nil { state.waiter = continuation }
                return state.answer
            }
            if let answer { continuation.resume(returning: answer) }
        }
    }
}

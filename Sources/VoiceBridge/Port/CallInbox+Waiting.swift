// SPDX-License-Identifier: Apache-2.0

package import CallModel
import Synchronization

// What the bot waits for: answers, room for speech, the end.
extension CallInbox {
    /// A number for a new request or playback.
    package func makeNumber() -> UInt64 {
        state.withLock { state in
            defer { state.nextNumber += 1 }
            return state.nextNumber
        }
    }

    /// A number for a request whose answer will be awaited by ``awaitReply(to:onCancel:)``.
    package func makeRequest() -> RequestID {
        let id = RequestID(makeNumber())
        state.withLock { _ = $0.requests.insert(id) }
        return id
    }

    /// Waits for the answer to a request that ``makeRequest()`` numbered.
    ///
    /// When the task is cancelled before there is one, `onCancel` is called and the wait ends with `CancellationError`; when
    /// the call is over, it ends with ``CallError``.
    package func awaitReply(to id: RequestID, onCancel: @Sendable () -> Void) async throws -> BotReply {
        let reply = await withTaskCancellationHandler {
            await withCheckedContinuation { (continuation: CheckedContinuation<BotReply?, Never>) in
                enum Step { case wait, give(BotReply?) }
                let step = state.withLock { state -> Step in
                    if let reply = state.early.removeValue(forKey: id) { return .give(reply) }
                    if let ending = state.ending { return .give(.failed(.ended(ending))) }
                    if Task.isCancelled { return .give(nil) }
                    state.replies[id] = continuation
                    return .wait
                }
                if case .give(let reply) = step { continuation.resume(returning: reply) }
            }
        } onCancel: {
            onCancel()
            let waiter = state.withLock { $0.replies.removeValue(forKey: id) }
            waiter?.resume(returning: nil)
        }
        state.withLock { _ = $0.requests.remove(id) }
        guard let reply else { throw CancellationError() }
        if case .failed(let error) = reply { throw error }
        return reply
    }

    /// Takes room in the playback queue, waiting until there is some; false when the call ended.
    package func takeCredit(_ nanoseconds: Int64) async throws {
        let id = makeNumber()
        while true {
            let isOpen = await withTaskCancellationHandler {
                await withCheckedContinuation { (continuation: CheckedContinuation<Bool, Never>) in
                    enum Step { case wait, go(Bool) }
                    let step = state.withLock { state -> Step in
                        guard state.ending == nil, !Task.isCancelled else { return .go(false) }
                        guard state.credit <= 0 else { return .go(true) }
                        state.creditWaiters.append((id, continuation))
                        return .wait
                    }
                    if case .go(let isOpen) = step { continuation.resume(returning: isOpen) }
                }
            } onCancel: {
                let waiter = state.withLock { state -> CheckedContinuation<Bool, Never>? in
                    guard let index = state.creditWaiters.firstIndex(where: { $0.id == id }) else { return nil }
                    return state.creditWaiters.remove(at: index).continuation
                }
                waiter?.resume(returning: false)
            }
            if let reason { throw CallError.ended(reason) }
            guard isOpen else { throw CancellationError() }
            let isTaken = state.withLock { state in
                guard state.credit > 0 else { return false }
                state.credit -= nanoseconds
                return true
            }
            if isTaken { return }
        }
    }

    /// Waits until the call is over; nil when the task is cancelled first.
    package func awaitEnd() async -> EndReason? {
        let id = makeNumber()
        return await withTaskCancellationHandler {
            await withCheckedContinuation { (continuation: CheckedContinuation<EndReason?, Never>) in
                enum Step { case wait, go(EndReason?) }
                let step = state.withLock { state -> Step in
                    if let ending = state.ending { return .go(ending) }
                    if Task.isCancelled { return .go(nil) }
                    state.endWaiters[id] = continuation
                    return .wait
                }
                if case .go(let reason) = step { continuation.resume(returning: reason) }
            }
        } onCancel: {
            let waiter = state.withLock { $0.endWaiters.removeValue(forKey: id) }
            waiter?.resume(returning: nil)
        }
    }

    /// Why the call ended, once it has.
    package var reason: EndReason? { state.withLock { $0.ending } }

    /// The ledger's state as last published.
    package var reading: LedgerReading? { state.withLock { $0.reading } }

    /// What is waited for: for tests.
    struct Waiting: Equatable {
        var reader = false
        var requests = 0
        var replies = 0
        var early = 0
        var credits = 0
        var ends = 0
    }

    /// What is waited for at this moment: for tests.
    var waiting: Waiting {
        state.withLock { state in
            Waiting(
                reader: state.reader != nil,
                requests: state.requests.count,
                replies: state.replies.count,
                early: state.early.count,
                credits: state.creditWaiters.count,
                ends: state.endWaiters.count
            )
        }
    }
}

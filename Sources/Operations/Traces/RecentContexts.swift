// SPDX-License-Identifier: Apache-2.0
import CallModel
import Synchronization
import Tracing

/// Which traces the latest calls belong to, for what is done on their behalf behind their back.
final class RecentContexts: Sendable {
    private struct State {
        var contexts: [CallID: ServiceContext] = [:]
        /// The calls in the order in which they came; from `next` on, the oldest.
        var order: [CallID] = []
        var next = 0
    }

    private let state = Mutex(State())
    private let limit: Int

    /// Remembers so many calls.
    init(limit: Int = 10_000) { self.limit = limit }

    /// Remembers a call, and forgets the oldest of too many.
    func remember(_ context: ServiceContext, of call: CallID) {
        state.withLock { state in
            guard limit > 0, state.contexts.updateValue(context, forKey: call) == nil else { return }
            guard state.order.count == limit else { return state.order.append(call) }
            state.contexts[state.order[state.next]] = nil
            state.order[state.next] = call
            state.next = (state.next + 1) % limit
        }
    }

    /// The context of a call; nil when it has none, or is too old.
    func context(of call: CallID) -> ServiceContext? { state.withLock { $0.contexts[call] } }
}

// SPDX-License-Identifier: Apache-2.0

package import CallModel
internal import Synchronization

/// Holds where calls go next, until the platform asks.
///
/// The platform may ask more than once, so an answer stays until as many later ones have come as the store holds.
package final class TransferStore: Sendable {
    private struct State {
        var targets: [CallID: TransferTarget] = [:]
        var calls: RecentSet<CallID>
    }

    private let state: Mutex<State>

    /// An empty store.
    ///
    /// - Parameter capacity: how many calls are held, at least 1; the oldest is dropped for the next one. Default 4096.
    package init(capacity: Int = 4_096) { state = Mutex(State(calls: RecentSet(capacity: capacity))) }

    /// Where a call goes; nil when nobody said.
    package subscript(call: CallID) -> TransferTarget? { state.withLock { $0.targets[call] } }

    /// Says where a call goes; the last word counts.
    package func keep(_ target: TransferTarget, for call: CallID) {
        state.withLock { state in
            state.targets[call] = target
            if let dropped = state.calls.insertTellingDropped(call).dropped { state.targets[dropped] = nil }
        }
    }
}

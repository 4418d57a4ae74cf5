// SPDX-License-Identifier: Apache-2.0

package import CallModel
package import CallSession
import Synchronization

/// The calls of a server by the platform's id, so that what a platform tells beside the socket finds its call.
///
/// Calls that are over are remembered for as many later ones as it holds.
package final class CallDirectory: CallObserver {
    /// How many events were told, by how their calls stood.
    package struct Counts: Sendable, Equatable {
        /// Of calls that were up.
        package var live = 0
        /// Of calls that were over.
        package var finished = 0
        /// Of calls that were not known.
        package var unknown = 0
    }

    private struct State {
        var sockets: [CallID: Int] = [:]
        var finished: RecentSet<CallID>
        var counts = Counts()
        var observer: (any CallObserver)?
    }

    private let state: Mutex<State>

    /// An empty directory.
    ///
    /// - Parameter capacity: how many calls that are over are remembered. Default 4096.
    package init(capacity: Int = 4_096) { state = Mutex(State(finished: RecentSet(capacity: capacity))) }

    /// How many events were told.
    package var counts: Counts { state.withLock { $0.counts } }

    /// Tells observers what a platform told about a call, and how the call stands.
    package func tell(_ event: PlatformCallEvent) {
        let (standing, observer) = state.withLock { state in
            let standing: PlatformCallEvent.Standing
            if state.sockets[event.call] != nil {
                standing = .live
                state.counts.live += 1
            } else if state.finished.contains(event.call) {
                standing = .finished
                state.counts.finished += 1
            } else {
                standing = .unknown
                state.counts.unknown += 1
            }
            return (standing, state.observer)
        }
        observer?.platformTold(event, standing)
    }

    /// Says who is told.
    func tell(to observer: any CallObserver) { state.withLock { $0.observer = observer } }

    package func callStarted(_ start: CallStart, route: String, bot: String) {
        state.withLock { $0.sockets[start.callID, default: 0] += 1 }
    }

    package func callEnded(_ summary: CallSummary, id: CallID, route: String, bot: String) {
        state.withLock { state in
            // A socket on which nothing began was not told of before.
            guard let count = state.sockets[id] else { return }
            state.sockets[id] = count > 1 ? count - 1 : nil
            if count == 1 { _ = state.finished.insert(id) }
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
import CallRecords
import Synchronization

/// What is to be put into the spool, in order, between event loops and the writer.
///
/// A call that has a place has no more than a handful of entries that are never left out. Others have a bound of their own.
final class WebhookQueue: Sendable {
    /// Most entries that wait and may be left out.
    static let maximumPassing = 10_000

    private struct State {
        var queue: PlacedQueue<SpoolEntry>
        var passing = 0
        var dropped = 0
    }

    private let state: Mutex<State>
    /// Rings when there is something to do.
    let bell = Doorbell()

    /// A queue for so many calls, live and waiting.
    init(capacity: Int) { state = Mutex(State(queue: PlacedQueue(capacity: capacity))) }

    /// Takes a place; the call's number, or nil when none is free.
    func takePlace() -> Int64? { state.withLock { $0.queue.takePlace() } }

    /// Gives places back.
    func leavePlaces(_ count: Int) { state.withLock { $0.queue.leavePlaces(count) } }

    /// Adds an entry of a call that has a place.
    func append(_ entry: SpoolEntry) {
        if state.withLock({ $0.queue.append(entry) }) { bell.ring() }
    }

    /// Adds an event that is left out when too many of its kind wait.
    func offer(_ event: WebhookEvent) {
        let isFirst = state.withLock { state in
            guard state.passing < Self.maximumPassing, !state.queue.isClosed else {
                state.dropped += 1
                return false
            }
            state.passing += 1
            return state.queue.append(.passing(event))
        }
        if isFirst { bell.ring() }
    }

    /// Takes everything that waits.
    func takeAll() -> [SpoolEntry] {
        state.withLock { state in
            state.passing = 0
            return state.queue.takeAll()
        }
    }

    /// Gives out no more places, and wakes the writer to finish.
    func close() {
        state.withLock { $0.queue.close() }
        bell.ring()
    }

    var isClosed: Bool { state.withLock { $0.queue.isClosed } }
    /// Whether it is closed and nothing waits.
    var isOver: Bool { state.withLock { $0.queue.isClosed && $0.queue.count == 0 } }
    /// Calls that are admitted and whose end is not in the spool.
    var places: Int { state.withLock { $0.queue.places } }
    /// Entries that wait.
    var count: Int { state.withLock { $0.queue.count } }
    /// Calls that found no place, and events that found no room.
    var losses: (refused: Int, dropped: Int) { state.withLock { ($0.queue.refused, $0.dropped) } }
}

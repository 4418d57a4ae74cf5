// SPDX-License-Identifier: Apache-2.0
import Synchronization

/// What is to be put into the spool, in order, between event loops and the writer.
///
/// Bounded by places: a call takes one when it is admitted and gives it back when its end is in the spool, and has no more
/// than a handful of entries that are never left out. Others have a bound of their own.
final class WebhookQueue: Sendable {
    /// Most entries that wait and may be left out.
    static let maximumPassing = 10_000

    private struct State {
        var entries: [SpoolEntry] = []
        var passing = 0
        var places = 0
        var lastNumber: Int64 = 0
        var refused = 0
        var dropped = 0
        var isClosed = false
    }

    private let state = Mutex(State())
    private let capacity: Int
    /// Rings when there is something to do.
    let bell = Doorbell()

    /// A queue for so many calls, live and waiting.
    init(capacity: Int) { self.capacity = capacity }

    /// Takes a place; the call's number, or nil when none is free.
    func takePlace() -> Int64? {
        state.withLock { state in
            guard state.places < capacity, !state.isClosed else {
                state.refused += 1
                return nil
            }
            state.places += 1
            state.lastNumber += 1
            return state.lastNumber
        }
    }

    /// Gives places back.
    func leavePlaces(_ count: Int) { state.withLock { $0.places -= count } }

    /// Adds an entry of a call that has a place.
    func append(_ entry: SpoolEntry) {
        let isFirst = state.withLock { state in
            state.entries.append(entry)
            return state.entries.count == 1
        }
        if isFirst { bell.ring() }
    }

    /// Adds an event that is left out when too many of its kind wait.
    func offer(_ event: WebhookEvent) {
        let isFirst = state.withLock { state in
            guard state.passing < Self.maximumPassing, !state.isClosed else {
                state.dropped += 1
                return false
            }
            state.passing += 1
            state.entries.append(.passing(event))
            return state.entries.count == 1
        }
        if isFirst { bell.ring() }
    }

    /// Takes everything that waits.
    func takeAll() -> [SpoolEntry] {
        state.withLock { state in
            defer {
                state.entries = []
                state.passing = 0
            }
            return state.entries
        }
    }

    /// Gives out no more places, and wakes the writer to finish.
    func close() {
        state.withLock { $0.isClosed = true }
        bell.ring()
    }

    var isClosed: Bool { state.withLock { $0.isClosed } }
    /// Whether it is closed and nothing waits.
    var isOver: Bool { state.withLock { $0.isClosed && $0.entries.isEmpty } }
    /// Calls that are admitted and whose end is not in the spool.
    var places: Int { state.withLock { $0.places } }
    /// Entries that wait.
    var count: Int { state.withLock { $0.entries.count } }
    /// Calls that found no place, and events that found no room.
    var losses: (refused: Int, dropped: Int) { state.withLock { ($0.refused, $0.dropped) } }
}

// SPDX-License-Identifier: Apache-2.0

import Dispatch
import Synchronization

/// What is to be written, in order, between event loops and the writer's thread.
///
/// Bounded by places: a call takes one when it is admitted and gives it back when its end is written, and has four entries at
/// most, so that nothing ever has to be dropped.
final class RecordQueue: Sendable {
    private struct State {
        var entries: [RecordEntry] = []
        var places = 0
        var lastNumber: Int64 = 0
        var refused = 0
        var isClosed = false
    }

    private let state = Mutex(State())
    private let capacity: Int
    private let signal = DispatchSemaphore(value: 0)

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
    func append(_ entry: RecordEntry) {
        let isFirst = state.withLock { state in
            state.entries.append(entry)
            return state.entries.count == 1
        }
        if isFirst { signal.signal() }
    }

    /// Takes everything that waits.
    func takeAll() -> [RecordEntry] {
        state.withLock { state in
            defer { state.entries = [] }
            return state.entries
        }
    }

    /// Waits until something is added, the queue is closed, or so many milliseconds are over.
    func wait(milliseconds: Int64) { _ = signal.wait(timeout: .now() + .milliseconds(Int(milliseconds))) }

    /// Gives out no more places, and wakes the writer to finish.
    func close() {
        state.withLock { $0.isClosed = true }
        signal.signal()
    }

    var isEmpty: Bool { state.withLock { $0.entries.isEmpty } }
    var isClosed: Bool { state.withLock { $0.isClosed } }
    /// Calls that are admitted and not written.
    var places: Int { state.withLock { $0.places } }
    /// Calls that found no place.
    var refused: Int { state.withLock { $0.refused } }
}

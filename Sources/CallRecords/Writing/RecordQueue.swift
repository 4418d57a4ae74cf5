// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// What is to be written, in order, between event loops and the writer's thread; a call has four entries at most.
final class RecordQueue: Sendable {
    private let state: Mutex<PlacedQueue<RecordEntry>>
    private let signal = SteadySemaphore()

    /// A queue for so many calls, live and waiting.
    init(capacity: Int) { state = Mutex(PlacedQueue(capacity: capacity)) }

    /// Takes a place; the call's number, or nil when none is free.
    func takePlace() -> Int64? { state.withLock { $0.takePlace() } }

    /// Gives places back.
    func leavePlaces(_ count: Int) { state.withLock { $0.leavePlaces(count) } }

    /// Adds an entry of a call that has a place.
    func append(_ entry: RecordEntry) {
        if state.withLock({ $0.append(entry) }) { signal.signal() }
    }

    /// Takes everything that waits.
    func takeAll() -> [RecordEntry] { state.withLock { $0.takeAll() } }

    /// Waits until something is added, the queue is closed, or so many milliseconds are over.
    func wait(milliseconds: Int64) { _ = signal.wait(milliseconds: Int(milliseconds)) }

    /// Gives out no more places, and wakes the writer to finish.
    func close() {
        state.withLock { $0.close() }
        signal.signal()
    }

    var isEmpty: Bool { state.withLock { $0.count == 0 } }
    var isClosed: Bool { state.withLock { $0.isClosed } }
    /// Calls that are admitted and not written.
    var places: Int { state.withLock { $0.places } }
    /// Calls that found no place.
    var refused: Int { state.withLock { $0.refused } }
}

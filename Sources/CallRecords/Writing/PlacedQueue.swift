// SPDX-License-Identifier: Apache-2.0

/// What waits for a writer, in order, bounded by places: a call takes one when it is admitted and gives it back when its end
/// is written, so that nothing of a call that was let in ever has to be dropped.
package struct PlacedQueue<Entry> {
    /// Calls that may have a place at once.
    private let capacity: Int
    /// What waits, oldest first.
    private var entries: [Entry] = []
    /// Calls that are admitted and whose end is not written.
    package private(set) var places = 0
    /// Calls that found no place.
    package private(set) var refused = 0
    /// Whether places are given out no more.
    package private(set) var isClosed = false
    private var lastNumber: Int64 = 0

    /// A queue for so many calls, live and waiting.
    package init(capacity: Int) { self.capacity = capacity }

    /// Entries that wait.
    package var count: Int { entries.count }

    /// Takes a place; the call's number, from 1, or nil when none is free.
    package mutating func takePlace() -> Int64? {
        guard places < capacity, !isClosed else {
            refused += 1
            return nil
        }
        places += 1
        lastNumber += 1
        return lastNumber
    }

    /// Gives places back.
    package mutating func leavePlaces(_ count: Int) { places -= count }

    /// Adds an entry; whether it is the first that waits, so that the writer has to be woken.
    package mutating func append(_ entry: Entry) -> Bool {
        entries.append(entry)
        return entries.count == 1
    }

    /// Takes everything that waits.
    package mutating func takeAll() -> [Entry] {
        defer { entries = [] }
        return entries
    }

    /// Gives out no more places.
    package mutating func close() { isClosed = true }
}

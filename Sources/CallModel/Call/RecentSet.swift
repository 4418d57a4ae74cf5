// SPDX-License-Identifier: Apache-2.0

/// Remembers the last so many values, and forgets the oldest for the next one.
package struct RecentSet<Element: Hashable & Sendable>: Sendable {
    private var members: Set<Element> = []
    private var order: [Element] = []
    private var oldest = 0
    private let capacity: Int

    /// An empty set that holds at least one value.
    package init(capacity: Int) { self.capacity = max(1, capacity) }

    /// Whether a value is remembered.
    package func contains(_ element: Element) -> Bool { members.contains(element) }

    /// Adds a value; false when it was there.
    package mutating func insert(_ element: Element) -> Bool { insertTellingDropped(element).isNew }

    /// Adds a value; tells whether it was new, and which one was forgotten for it.
    package mutating func insertTellingDropped(_ element: Element) -> (isNew: Bool, dropped: Element?) {
        guard members.insert(element).inserted else { return (false, nil) }
        guard order.count == capacity else {
            order.append(element)
            return (true, nil)
        }
        let dropped = order[oldest]
        members.remove(dropped)
        order[oldest] = element
        oldest = (oldest + 1) % capacity
        return (true, dropped)
    }
}

// SPDX-License-Identifier: Apache-2.0

/// One direction of a virtual connection: what is under way, in order.
struct VirtualLine<Item> {
    private var items: [(item: Item, arrival: Duration)] = []
    private var first = 0

    /// When the next item arrives.
    var nextArrival: Duration? { first < items.count ? items[first].arrival : nil }

    mutating func append(_ item: Item, arrival: Duration) {
        items.append((item, arrival))
    }

    /// The next item, if it has arrived at `now`.
    mutating func next(at now: Duration) -> Item? {
        guard first < items.count, items[first].arrival <= now else {
            if first == items.count {
                items.removeAll(keepingCapacity: true)
                first = 0
            }
            return nil
        }
        defer { first += 1 }
        return items[first].item
    }
}

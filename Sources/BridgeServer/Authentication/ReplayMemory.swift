// SPDX-License-Identifier: Apache-2.0

import HeapModule

/// What was used once and is not to be used again, for as long as it would be good.
///
/// Only what was signed gets in, so strangers cannot fill it; full, it lets nobody in rather than forget.
struct ReplayMemory: Sendable {
    private struct Entry: Comparable, Sendable {
        var until: Int
        var name: String

        static func < (left: Entry, right: Entry) -> Bool { left.until < right.until }
    }

    private var names: Set<String> = []
    private var order = Heap<Entry>()
    private let capacity: Int

    /// An empty memory.
    ///
    /// - Parameter capacity: the most uses that are remembered at a time.
    init(capacity: Int = 262_144) { self.capacity = capacity }

    /// Uses that are remembered.
    var count: Int { names.count }

    /// Notes uses.
    ///
    /// - Parameters:
    ///   - uses: what is used now.
    ///   - now: seconds since 1970.
    /// - Returns: false, and none is noted, when one of them was noted before or there is no room.
    mutating func use(_ uses: [OneTimeUse], now: Int) -> Bool {
        while let first = order.min, first.until <= now {
            _ = order.popMin()
            names.remove(first.name)
        }
        guard names.count + uses.count <= capacity, uses.allSatisfy({ !names.contains($0.name) }) else { return false }
        for use in uses where use.until > now {
            names.insert(use.name)
            order.insert(Entry(until: use.until, name: use.name))
        }
        return true
    }
}

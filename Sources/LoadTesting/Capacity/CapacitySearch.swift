// SPDX-License-Identifier: Apache-2.0

/// Searches for the most calls that go well: doubles until it does not, then halves what lies between.
package struct CapacitySearch: Sendable, Equatable {
    /// The most calls that went well; 0 when none did.
    package private(set) var good = 0
    /// The fewest calls that did not go well; nil when all that was tried did.
    package private(set) var bad: Int?
    /// The calls to try next; nil when it is found.
    package private(set) var next: Int?
    private let maximum: Int

    /// A search.
    ///
    /// - Parameters:
    ///   - first: The calls to try first, 1 and more.
    ///   - maximum: The most calls to try.
    package init(first: Int, maximum: Int) {
        self.maximum = maximum
        next = min(first, maximum)
    }

    /// Takes what came of ``next``.
    package mutating func take(wentWell: Bool) {
        guard let tried = next else { return }
        if wentWell { good = max(good, tried) } else { bad = min(bad ?? tried, tried) }
        guard let bad else {
            next = good < maximum ? min(good * 2, maximum) : nil
            return
        }
        // To a twentieth, or to one call.
        let middle = (good + bad) / 2
        next = bad - good > max(1, good / 20) && middle > good ? middle : nil
    }
}

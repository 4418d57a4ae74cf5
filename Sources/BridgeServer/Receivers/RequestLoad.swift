// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// Counts the requests that a receiver has at a time.
final class RequestLoad: Sendable {
    private let count = Atomic(0)

    /// Counts a request; false when there are as many as there may be.
    func enter(limit: Int) -> Bool {
        guard count.wrappingAdd(1, ordering: .relaxed).newValue <= limit else {
            leave()
            return false
        }
        return true
    }

    /// Takes a request from the count.
    func leave() { count.wrappingSubtract(1, ordering: .relaxed) }
}

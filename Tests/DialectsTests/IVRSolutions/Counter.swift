// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// Numbers that count up from 1, in place of random ones.
final class Counter: Sendable {
    private let last = Mutex<UInt64>(0)

    func next() -> UInt64 {
        last.withLock { value in
            value += 1
            return value
        }
    }
}

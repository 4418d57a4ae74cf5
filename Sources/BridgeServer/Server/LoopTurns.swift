// SPDX-License-Identifier: Apache-2.0

import NIOCore
import NIOPosix

/// The order in which event loops take connections: one after the other.
///
/// A connection that came to nothing gives its turn back. Else a platform that asks once without credentials and then with
/// them, or a probe between calls, would bring every call to every second loop.
struct LoopTurns: Sendable {
    private let group: MultiThreadedEventLoopGroup
    private let count: Int

    /// The turns of the loops of a group.
    init(_ group: MultiThreadedEventLoopGroup, count: Int) {
        self.group = group
        self.count = count
    }

    /// Lets the loop that had the last turn have the next one too.
    func giveBack() { for _ in 1..<max(1, count) { _ = group.next() } }
}

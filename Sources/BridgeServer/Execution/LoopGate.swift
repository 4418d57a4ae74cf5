// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// Whether the server's event loops still take work: bots may outlive them, and what such a bot asks is dropped.
final class LoopGate: Sendable {
    private let isShut = Atomic(false)

    /// Whether work is taken.
    var isOpen: Bool { !isShut.load(ordering: .acquiring) }

    /// Takes no more work.
    func shut() { isShut.store(true, ordering: .releasing) }
}

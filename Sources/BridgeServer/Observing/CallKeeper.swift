// SPDX-License-Identifier: Apache-2.0

/// Keeps something of every call, and has room for it before the call is let in.
public protocol CallKeeper: Sendable {
    /// Room for one call, before its upgrade is accepted; nil when there is none, and then the call is refused with
    /// `records_full`.
    ///
    /// What it gives is told of this one call alone, and gives the room back when it is let go: at once when nothing
    /// became of the upgrade. Called on an event loop: it never waits.
    func makeRoom(route: String) -> (any CallObserver)?
}

// SPDX-License-Identifier: Apache-2.0

/// How a playback ended for the caller.
public enum PlaybackOutcome: Sendable, Hashable {
    /// The caller heard all of it, as far as the ledger can tell.
    case finished
    /// It was stopped when the caller had heard this much of it, by the ledger.
    case interrupted(at: Duration)
}

/// The number of a playback within its call.
public struct PlaybackID: Sendable, Hashable, CustomStringConvertible {
    package let number: UInt64
    package init(_ number: UInt64) { self.number = number }
    /// `playback 3`.
    public var description: String { "playback \(number)" }
}

// SPDX-License-Identifier: Apache-2.0

import CallModel
import VoiceBridge

/// Follows the caller's turns: when one begins, is interrupted by a pause, and is over.
///
/// A turn is over when nothing was heard for the minimum wait since speech ended. Sounds that are too short to be confirmed
/// as speech put that off, but not beyond the maximum wait; confirmed speech goes on with the turn. Speech without end ends
/// its turn after the longest time.
struct TurnTracker: Sendable {
    /// A point of the caller's stream.
    struct Point: Sendable, Equatable {
        /// When it was heard.
        var time: CallInstant
        /// Its place, at the bot's rate.
        var position: Int64
    }

    private struct Open: Sendable {
        var start: Point
        var end: Point
        /// When the silence that goes on was noticed; nil while the caller speaks.
        var quietSince: CallInstant?
        /// When the caller first fell silent since the last confirmed speech.
        var firstQuiet: CallInstant?
    }

    private let minimumWait: Duration
    private let maximumWait: Duration
    private let longest: Duration
    private var open: Open?

    init(_ configuration: CallSessionConfiguration) {
        minimumWait = configuration.minimumTurnWait
        maximumWait = max(configuration.minimumTurnWait, configuration.maximumTurnWait)
        longest = configuration.longestTurn
    }

    /// Whether a turn is under way.
    var isOpen: Bool { open != nil }

    /// When the turn under way is over unless something happens.
    var deadline: CallInstant? {
        guard let open else { return nil }
        let bound = min(open.start.time + longest, (open.firstQuiet ?? .distantFuture) + maximumWait)
        return open.quietSince.map { min($0 + minimumWait, bound) } ?? bound
    }

    mutating func speechStarted(at point: Point) {
        if open == nil { open = Open(start: point, end: point) }
        open?.quietSince = nil
    }

    mutating func speechEnded(at point: Point, noticed now: CallInstant) {
        open?.end = point
        open?.quietSince = now
        if open?.firstQuiet == nil { open?.firstQuiet = now }
    }

    /// The caller has spoken for long enough to be taken at their word.
    mutating func speechConfirmed() { open?.firstQuiet = nil }

    /// What was taken for a turn was none.
    mutating func drop() { open = nil }

    /// Ends the turn whose time has come; `heard` is where the caller's stream stands.
    mutating func expire(at now: CallInstant, heard: Point) -> (start: Point, end: Point, reason: Turn.Reason)? {
        guard let open, let deadline, now >= deadline else { return nil }
        let isQuiet = open.quietSince.map { now >= $0 + minimumWait } ?? false
        self.open = nil
        // Speech that goes on is the next turn's.
        if open.quietSince == nil { self.open = Open(start: heard, end: heard) }
        return (open.start, open.quietSince == nil ? heard : open.end, isQuiet ? .silence : .maximumWait)
    }
}

extension CallInstant {
    /// Later than anything that happens, and far enough from the end of `Int64` for sums.
    static let distantFuture = CallInstant(nanoseconds: 1 << 62)
}

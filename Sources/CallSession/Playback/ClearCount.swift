// SPDX-License-Identifier: Apache-2.0

import CallModel

/// Counts the clears that were sent: to know the platform's answers to them, and to bound a bot that flushes in a loop.
struct ClearCount: Sendable {
    /// How long after a clear the platform may answer it.
    private static let patience: Duration = .seconds(2)
    /// Most clears within ``window``; nothing new is said before it is over.
    private static let most = 10
    private static let window: Duration = .seconds(1)

    private var unanswered = 0
    private var last: CallInstant?
    private var windowStart: CallInstant?
    private var inWindow = 0

    mutating func sent(at now: CallInstant) {
        unanswered += 1
        last = now
        if let start = windowStart, now < start + Self.window {
            inWindow += 1
        } else {
            (windowStart, inWindow) = (now, 1)
        }
    }

    /// Takes the platform's word that it threw audio away; whether it only answers a clear of ours.
    mutating func isAnswer(at now: CallInstant) -> Bool {
        guard unanswered > 0, let last, now < last + Self.patience else {
            unanswered = 0
            return false
        }
        unanswered -= 1
        return true
    }

    /// Until when nothing new is said, because what was said before was taken back too often.
    var restUntil: CallInstant? { inWindow < Self.most ? nil : windowStart.map { $0 + Self.window } }
}

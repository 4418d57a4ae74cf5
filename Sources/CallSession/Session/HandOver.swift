// SPDX-License-Identifier: Apache-2.0

import CallModel

/// A call that is to be moved to another server, until it may be.
struct HandOver: Sendable {
    /// How long nobody must have made a sound.
    static let quiet: Duration = .milliseconds(500)
    /// How long a bot that owes an answer is waited for.
    static let answerPatience: Duration = .seconds(5)

    /// When it may be moved at the earliest.
    var notBefore: CallInstant
    /// Whether the surroundings were told that it may be moved, and have not answered.
    var isAsked = false
}

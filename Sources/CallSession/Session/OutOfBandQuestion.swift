// SPDX-License-Identifier: Apache-2.0

import CallModel
import VoiceBridge

/// What the platform was asked out of band, until it answers or patience ends.
struct OutOfBandQuestion: Sendable {
    /// Tells its answer from those of others.
    let number: Int
    let action: CallAction
    /// The bot's request behind it, if it is the bot's.
    let request: RequestID?
    let askedAt: CallInstant
    /// When nobody waits for the answer any more.
    let deadline: CallInstant
    /// How the call ended meanwhile, as long as the answer may show that it was transferred.
    var end: EndReason?
}

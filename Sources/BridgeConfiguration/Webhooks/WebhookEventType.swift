// SPDX-License-Identifier: Apache-2.0

/// What an endpoint can be told of.
package enum WebhookEventType: String, Sendable, CaseIterable {
    /// A call's audio began.
    case callStarted = "call.started"
    /// The platform says, beside the socket, that somebody answered.
    case callAnswered = "call.answered"
    /// The caller pressed a key.
    case callDigit = "call.digit"
    /// The bot sent the caller elsewhere.
    case callTransfer = "call.transfer"
    /// A call is over.
    case callEnded = "call.ended"
    /// A call's recording can be fetched.
    case recordingReady = "recording.ready"
    /// The bot threw.
    case botFailed = "bot.failed"
}

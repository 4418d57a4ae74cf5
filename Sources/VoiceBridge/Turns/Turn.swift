// SPDX-License-Identifier: Apache-2.0

/// One stretch of the caller's speech that is over: when the bot may answer.
public struct Turn: Sendable, Hashable {
    /// Why a turn was taken to be over.
    public enum Reason: String, Sendable {
        /// Nothing was heard for the route's `turn.minimum_wait`.
        case silence
        /// Sounds too short to be speech kept coming until the route's `turn.maximum_wait`, or speech never ended for
        /// `turn.longest`.
        case maximumWait
    }

    /// When the caller began to speak, since the start of the call.
    public var startedAt: Duration
    /// When the caller fell silent, since the start of the call.
    public var endedAt: Duration
    /// Why the turn was taken to be over.
    public var reason: Reason
    /// The turn's samples among the caller's, counted from the first of the call at the bot's rate.
    ///
    /// The `position` of an `AudioChunk` counts alike.
    public var audio: Range<Int64>

    /// A turn of these parts.
    public init(startedAt: Duration, endedAt: Duration, reason: Reason, audio: Range<Int64>) {
        self.startedAt = startedAt
        self.endedAt = endedAt
        self.reason = reason
        self.audio = audio
    }
}

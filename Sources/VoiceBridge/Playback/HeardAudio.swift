// SPDX-License-Identifier: Apache-2.0

/// How much of what the bot said the caller has heard, by the ledger.
public struct HeardAudio: Sendable, Equatable {
    /// What the figure rests on.
    public enum Confidence: String, Sendable {
        /// The platform's own marks.
        case mark
        /// The playback clock: audio written, in real time.
        case clock
        /// Nothing was sent yet.
        case none
    }

    /// The best estimate, since the start of the call.
    public var position: Duration
    /// At least this much was heard.
    public var low: Duration
    /// At most this much was heard; never more than was sent.
    public var high: Duration
    /// What the figure rests on.
    public var confidence: Confidence

    package init(position: Duration, low: Duration, high: Duration, confidence: Confidence) {
        self.position = position
        self.low = low
        self.high = high
        self.confidence = confidence
    }
}

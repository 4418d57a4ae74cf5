// SPDX-License-Identifier: Apache-2.0

public import CallModel

/// One call in figures, made once when everything about it is settled.
public struct CallSummary: Sendable, Equatable {
    /// What the platform said at the start; nil when the call never started.
    public var start: CallStart?
    /// Why the call ended.
    public var reason: EndReason
    /// From the upgrade to the end.
    public var duration: Duration
    /// From the upgrade to the platform's start; nil when the call never started.
    public var setup: Duration?
    /// Caller audio received, in samples of the wire.
    public var samplesReceived: Int64 = 0
    /// Audio sent to the platform, in samples of the wire.
    public var samplesSent: Int64 = 0
    /// Audio that the caller heard, in samples of the wire, by the ledger.
    public var samplesHeard: Int64 = 0
    /// How often playback ran dry inside an utterance.
    public var underruns = 0
    /// How long playback was dry inside utterances.
    public var underrunTime: Duration = .zero
    /// How much later than its time the latest frame went out, of those that belong behind another.
    public var lateness: Duration = .zero
    /// How often audio was taken back.
    public var interruptions = 0
    /// How many of those were taken back, because it was no speech that stopped the bot.
    public var falseInterruptions = 0
    /// Digits received; how many, not which.
    public var digits = 0
    /// Messages that could not be understood.
    public var malformedMessages = 0
    /// Messages of names that the dialect does not know.
    public var unknownMessages = 0
    /// Odd bytes of linear audio that were carried to the next message.
    public var oddBytes = 0
    /// Caller audio dropped before `start` or before the bot was ready, in samples of the wire.
    public var samplesDropped: Int64 = 0
    /// Audio of a stage dropped because more than a second of it waited, in samples at the bot's rate.
    public var liveSamplesDropped: Int64 = 0
    /// Gaps and repeats in the platform's sequence numbers.
    public var sequenceFaults = 0
    /// Where the caller was transferred to, when a transfer was requested.
    public var transfer: TransferTarget?
    /// What was asked of the platform out of band, and what it came to.
    public var outOfBand: [CallControlOutcome] = []
    /// The bot's failure, when it failed; at most 256 bytes.
    public var botError: String?
    /// Complaints of the platform's.
    public var complaints = 0
    /// Whether only the stream was ended, since the wire has no hang-up and its close means something else: what becomes of
    /// the caller is for the platform's flow, or for its interface, to say.
    public var leavesCaller = false
    /// Whether the bot did not return in time after the end.
    public var isBotOverdue = false

    package init(reason: EndReason, duration: Duration) {
        self.reason = reason
        self.duration = duration
    }
}

// SPDX-License-Identifier: Apache-2.0

/// What a simulated call came to, as the platform and the caller saw it.
public struct SimulatedCallResult: Sendable {
    /// Who ended the call.
    public enum Ender: String, Sendable {
        /// The caller hung up.
        case caller
        /// The bot hung up or transferred.
        case bot
        /// The server closed without having been asked to and without a hang-up.
        case server
        /// The server broke the protocol, or the connection failed.
        case error
    }

    /// Whether the call ended as the protocol says.
    public internal(set) var endedAsTold = false
    /// Who ended the call.
    public internal(set) var endedBy = Ender.error
    /// How: the reason of `stop`, `hangup`, `transfer`, the close code and its words, or what broke.
    public internal(set) var endReason = ""
    /// The close code; 1006 when the connection ended without one, nil when the platform cut it itself.
    public internal(set) var closeCode: UInt16?
    /// Media messages sent.
    public internal(set) var framesSent = 0
    /// Audio messages received.
    public internal(set) var framesReceived = 0
    /// From `start` written to the first audio received.
    public internal(set) var firstAudio: Duration?
    /// From `start` to the end.
    public internal(set) var duration = Duration.zero
    /// The keys the caller pressed.
    public internal(set) var digits = ""
    /// The keys the server sent down the line.
    public internal(set) var digitsReceived = ""
    /// What the playback buffer came to.
    public internal(set) var playback = PlaybackCount()
    /// The rate of all sample counts, in hertz.
    public internal(set) var sampleRate = 8_000
    /// What the caller heard from sample 0 of the call on, silence where nothing was played; empty when not kept.
    public internal(set) var heard: [Int16] = []
    /// The server's messages other than audio, in order.
    public internal(set) var commands: [ReceivedCommand] = []
    /// Marks received, and returned.
    public internal(set) var marksReceived = 0
    /// Marks sent back.
    public internal(set) var marksReturned = 0
    /// Messages that arrived after the end and may have been under way.
    public internal(set) var lateMessages = 0
    /// The longest that the simulator itself was late for something of its own.
    ///
    /// Zero in virtual time. An underrun shorter than this may be the simulator's own, on a machine that is too busy.
    public internal(set) var ownDelay = Duration.zero
    /// The rules that the server broke, in order.
    public internal(set) var violations: [Violation] = []
    /// What happened, in order, without the single media messages; at most 10,000 entries.
    public internal(set) var timeline: [TimelineEntry] = []

    init() {}

    /// A call that did not come about.
    public init(failure: String) {
        endReason = failure
    }
}

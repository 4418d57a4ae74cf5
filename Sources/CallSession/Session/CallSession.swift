// SPDX-License-Identifier: Apache-2.0

package import CallModel
import TelephonyAudio
import VoiceBridge

/// One call without sockets: states, ledger, pacing, digits, watchdogs.
///
/// A plain value that is told what happened and when, and answers with what to do. Every method that changes it takes the
/// time as an argument and appends to ``outputs``; the owner carries these out in order, calls ``clearOutputs()``, and calls
/// ``advance(at:)`` no later than ``nextDeadline``. Nothing here reads a clock, waits, or allocates per chunk in the steady state.
package struct CallSession: Sendable {
    enum Phase: Sendable, Equatable {
        /// The socket is up, `start` has not come.
        case waiting
        /// The call runs.
        case live
        /// The platform was told to end or move the call.
        case leaving(deadline: CallInstant, repeatAt: CallInstant?, attempt: Int)
        /// We closed the socket, or are about to.
        case closing
    }

    /// How long the caller counts as speaking when the platform sends no more audio.
    static let speechPatience: Duration = .seconds(1)

    /// How early a frame goes that the platform wants longer than the route does.
    static let longFrameMargin: Duration = .milliseconds(60)
    /// Complaints of the platform's that are noted; further ones are only counted.
    static let maximumNotedComplaints = 5

    /// The settings the call runs by.
    package let configuration: CallSessionConfiguration
    /// What to do, in order, since the last ``clearOutputs()``.
    package internal(set) var outputs: [CallSessionOutput] = []
    /// Caller audio at the bot's rate that ``CallSessionOutput/deliver(_:position:)`` speaks of.
    package internal(set) var heardSamples: [Int16] = []
    /// Frames that ``CallSessionOutput/audio(_:)`` speaks of.
    package internal(set) var wireBytes: [UInt8] = []

    let openedAt: CallInstant
    /// When the longest that the call may last is over.
    let latestEnd: CallInstant?
    /// Sizes of audio messages the platform takes, to be set before the start; nil for one frame each.
    package var framing: AudioFraming?
    var phase = Phase.waiting
    /// When `start` came.
    var startedAt: CallInstant
    package internal(set) var start: CallStart?
    /// Whether the socket takes more.
    var isSocketWritable = true
    /// Whether the platform asked for no more audio for now.
    var isHeld = false
    /// When waiting for a socket that takes nothing ends.
    var writeDeadline: CallInstant?
    var summary: CallSummary

    // Caller to bot.
    var early: EarlyMedia
    var inbound: InboundAudio?
    /// Bytes that ``inbound`` takes at once.
    var blockBytes: Int?
    var kept: SampleRing?
    var isListening = false
    var isBotActive = false
    /// Where the caller's stream stands, at the bot's rate.
    var position: Int64 = 0
    var speech: VoiceActivityDetector?
    @Rare var heardKeys: HeardKeys?
    /// What looks over the stream's first seconds, while it does.
    var examination: StreamExamination?
    /// Whether the bot was told that the caller speaks, and not yet that it is over.
    var isSpeechTold = false
    /// Whether speech began that may be the bot's own, come back.
    var isSpeechDoubted = false
    /// The caller's sound since speech began, in samples of the wire.
    var voicedSamples = 0
    var echo: EchoGuard?
    var turns: TurnTracker
    /// An interruption that may yet be taken back.
    var suspension: Suspension?
    var answer = AnswerTiming()
    /// When speech ends for want of audio; nil while the caller is silent.
    var speechDeadline: CallInstant?
    /// What listens for who answered, when the bot asked for it.
    @Rare var answering: AnsweringWatch?
    var stages: [any MediaStage] = []
    /// What is recorded of the call, where it is.
    var recording: Recording?
    var lastSequenceNumber: Int?
    var hasNotedSuspectMarks = false
    var notJSONMessages = 0

    // Bot to caller.
    var ledger: PlaybackLedger
    var outbound: OutboundAudio?
    var queue: [PlaybackItem] = []
    /// Utterances whose last frame was sent, until the caller has heard them.
    var playing: [Utterance] = []
    var writer: PlaybackWriter
    /// The time that a frame takes on the wire.
    var wireFrame: Duration
    /// What may interrupt the utterance heard last, whose end the platform may still hold.
    var lastPolicy: InterruptionPolicy?
    /// How streamed speech was stopped whose end nobody has asked for yet.
    var stoppedSpeech: PlaybackOutcome?
    var nextOwnPlayback: UInt64 = 1 << 62
    var background: BackgroundSound?
    /// Whether the caller's turn is over and not answered.
    var isAnswerAwaited = false
    var lateness = Lateness()
    /// How much later than its time the latest frame went out, in nanoseconds.
    var latest: Int64 = 0
    var clears = ClearCount()
    /// What was heard of the text of playbacks that ended, the oldest first.
    var heardTexts: [(id: PlaybackID, text: String)] = []

    // Digits and watchdogs.
    var digits = DigitCollector()
    var lastActivity: CallInstant
    /// How often in a row nobody made a sound, and when that was told last.
    var idle: (count: Int, since: CallInstant)
    /// Pieces of work that the bot does while the caller waits.
    var worksInHand = 0

    // The end.
    var ending: EndReason?
    var closeCode: UInt16 = 1000
    var hasTransferred = false
    /// That a server that stops wants the call to go on elsewhere.
    @Rare var handOver: HandOver?
    /// Where the platform is asked out of band to move it, as records may show it.
    @Rare var moved: TransferTarget?
    /// What the platform was asked out of band and has not answered.
    var question: OutOfBandQuestion?
    var outOfBandQuestions = 0
    var isSocketClosed = false
    var isBotRunning = false
    var botDeadline: CallInstant?
    var hasEndedBot = false
    var isFinished = false

    /// A call whose socket was opened at `now`.
    package init(configuration: CallSessionConfiguration, openedAt now: CallInstant) {
        self.configuration = configuration
        self.openedAt = now
        self.latestEnd = configuration.maximumDuration.map { now + $0 }
        self.startedAt = now
        self.lastActivity = now
        self.idle = (0, now)
        self.turns = TurnTracker(configuration)
        self.summary = CallSummary(
            reason: EndReason(side: .error, code: "unknown"),
            duration: .zero
        )
        // Two seconds of the widest format a platform may announce: 48 kHz linear.
        self.early = EarlyMedia(limit: 192_000)
        self.ledger = PlaybackLedger(sampleRate: 8_000)
        self.writer = PlaybackWriter()
        self.wireFrame = configuration.frame
    }

    /// Forgets the outputs that were carried out; their memory is kept.
    package mutating func clearOutputs() {
        outputs.removeAll(keepingCapacity: true)
        heardSamples.removeAll(keepingCapacity: true)
        wireBytes.removeAll(keepingCapacity: true)
    }

    /// Whether everything about the call is settled.
    package var hasFinished: Bool { isFinished }

    /// Whether audio may be sent.
    var isWritable: Bool { isSocketWritable && !isHeld }

    /// Whether the call has begun to end.
    package var isOver: Bool { ending != nil }

    /// Whether the call has not begun to end.
    var isLive: Bool { phase == .live }

    /// Whether the caller hears the bot, or will as soon as the queue is written.
    mutating func isBotAudible(at now: CallInstant) -> Bool {
        ledger.mayHoldUnheard(at: now) || hasQueuedUtterance
    }

    /// Whether an utterance waits, or is being sent.
    ///
    /// A mutating getter, as all that is asked for with every frame: others copy what they look at.
    var hasQueuedUtterance: Bool {
        mutating get {
            for index in queue.indices where queue[index].utterance != nil { return true }
            return false
        }
    }

    mutating func notify(_ event: Call.Event) {
        thoughtChanges(with: event)
        outputs.append(.notify(event, position: position))
    }
}

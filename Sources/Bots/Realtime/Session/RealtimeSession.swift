// SPDX-License-Identifier: Apache-2.0

import CallModel
import NIOCore
import VoiceBridge

/// One call's conversation with a realtime service, without sockets and without time of its own.
///
/// It is told what the service says, what happens on the call, what tools answer and what time it is; it answers with texts
/// for the service, audio for the caller and what is to be done, in ``outputs``, which the owner carries out in order before
/// it calls ``clearOutputs()``. Nothing here waits; every wait of the protocol has a deadline in ``nextDeadline``.
struct RealtimeSession: Sendable {
    /// What is to be done.
    enum Output: Sendable, Equatable {
        /// Connect to the service.
        case connect
        /// Give the connection up.
        case disconnect
        /// Send this range of ``RealtimeSession/events``.
        case send(Range<Int>)
        /// Play this range of ``RealtimeSession/audio`` behind what the utterance has.
        case play(PlaybackID, Range<Int>)
        /// The utterance is complete.
        case finish(PlaybackID)
        /// Take back what the caller has not heard.
        case flush
        /// Run a tool.
        case run(FunctionCall)
        /// A tool's answer is no longer waited for.
        case stop(call: String)
        /// Hang up once everything was heard.
        case hangUp
        /// Worth a line in the log.
        case note(String)
        /// The bot cannot go on.
        case fail(RealtimeError)
        /// What the call came to; the last but for a failure.
        case report(RealtimeFigures)
    }

    enum Phase: Sendable, Equatable {
        case idle
        /// The socket is on its way.
        case connecting(deadline: CallInstant)
        /// The socket is open, the service has not greeted.
        case opening(deadline: CallInstant)
        /// The service was told the session's settings.
        case updating(deadline: CallInstant)
        case ready
        /// The service was lost and is tried again later.
        case pausing(until: CallInstant)
        case over
    }

    /// How long the service may take to greet before it is told the settings anyway.
    static let greetingPatience: Duration = .seconds(2)
    /// How long a session must last to count as sound.
    static let soundAge: Duration = .seconds(10)
    /// How long a session that is due to be replaced waits for a pause.
    static let renewalPatience: Duration = .seconds(4 * 60)
    /// Most answers in a row that may fail.
    static let maximumFailures = 3
    /// Most errors in a row that a session may tell.
    static let maximumFaults = 20
    /// Most calls of tools that may be open.
    static let maximumCalls = 8
    /// Most notes of one call.
    static let maximumNotes = 32

    let settings: RealtimeSettings
    let format: UpstreamFormat
    let start: CallStart
    let tools: [ToolDescription]

    /// What to do since the last ``clearOutputs()``.
    var outputs: [Output] = []
    /// The texts that ``Output/send(_:)`` speaks of.
    var events = ClientEvents()
    /// The audio that ``Output/play(_:_:)`` speaks of.
    var audio = ByteBuffer()
    /// What the call came to.
    var figures = RealtimeFigures()

    var reader = ServerEventReader()
    var phase = Phase.idle
    /// Whether the connection takes more.
    var isWritable = true

    // The connection's history.
    var attempts = 0
    var outageBegan: CallInstant?
    var readySince: CallInstant?
    var hasGreeted = false
    var wantsAnswerWhenBack = false
    var context = ConversationContext()
    var faultsInARow = 0
    var failuresInARow = 0
    var notes = 0

    // Caller audio that waits for a session.
    var backlog: [UInt8] = []

    // Answers.
    var running: RunningAnswer?
    /// An answer that was asked for, or that the service owes, and has not begun.
    var awaited: (request: AnswerRequest?, isOwn: Bool)?
    var requests: [AnswerRequest] = []
    var answerDeadline: CallInstant?
    var retryAt: CallInstant?
    /// Answers that were cancelled lately.
    var deadAnswers: [String] = []
    var turnEndedAt: CallInstant?

    // What the caller hears.
    var items: [SpokenItem] = []
    /// What an item says of which no audio has come yet.
    var earlyWords: (item: String, text: String)?
    var nextPlayback: UInt64
    var isLeaving = false
    var hasHungUp = false

    // The caller.
    var callerSpeaks = false
    var turnDeadline: CallInstant?
    var keys = ""
    var keysDeadline: CallInstant?

    // Tools.
    var calls: [OpenCall] = []

    /// A conversation for one call.
    ///
    /// - Parameters:
    ///   - settings: how the service is spoken to.
    ///   - start: what the platform said.
    ///   - tools: what the model may call.
    ///   - firstPlayback: where the numbers of its utterances begin.
    init(settings: RealtimeSettings, start: CallStart, tools: [ToolDescription], firstPlayback: UInt64 = 1 << 61) {
        self.settings = settings
        self.start = start
        self.tools = tools
        self.format = UpstreamFormat(for: start.format, settings)
        self.nextPlayback = firstPlayback
    }

    /// Begins: the service is called.
    mutating func begin(at now: CallInstant) { connect(at: now) }

    /// Forgets the outputs that were carried out; their memory is kept.
    mutating func clearOutputs() {
        outputs.removeAll(keepingCapacity: true)
        events.clear()
        if audio.capacity > 262_144 { audio = ByteBuffer() } else { audio.clear() }
    }

    /// The call is over: the service is left.
    mutating func end() {
        guard phase != .over else { return }
        phase = .over
        outputs.append(.disconnect)
        for call in calls where call.isStarted { outputs.append(.stop(call: call.call.id)) }
        calls = []
        items = []
        note(figures.line)
        outputs.append(.report(figures))
    }

    mutating func note(_ text: String) {
        notes += 1
        if notes <= Self.maximumNotes || phase == .over { outputs.append(.note(withoutKey(text))) }
    }

    mutating func fail(_ error: RealtimeError) {
        guard phase != .over else { return }
        end()
        outputs.append(.fail(RealtimeError(error.code, withoutKey(error.description))))
    }

    /// A text in which a service may have repeated the key, without it.
    private func withoutKey(_ text: String) -> String {
        guard let key = settings.apiKey?.reveal(), !key.isEmpty else { return text }
        return text.replacing(key, with: "(secret)")
    }

    /// Writes one text for the service.
    mutating func send(_ write: (inout ClientEvents) -> Void) {
        guard phase != .over else { return }
        let begin = events.end
        write(&events)
        outputs.append(.send(begin..<events.end))
    }
}

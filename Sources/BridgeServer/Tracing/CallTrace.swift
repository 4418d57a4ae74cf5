// SPDX-License-Identifier: Apache-2.0

import CallModel
import CallSession
import Dialects
import Synchronization
import Tracing
import VoiceBridge

/// One call as a trace: the span `call` from its upgrade to its end, and a span below it for all that is measured between.
///
/// It stands before the observers of its call, which are called with the call's context as the current one: what they log or
/// send finds its trace. Nothing is done for a frame, and no number, digit or text of a call is in a span.
final class CallTrace: CallObserver {
    private struct State {
        /// When the platform's start came.
        var started: DefaultTracerClock.Timestamp?
        /// Turns that were answered.
        var turns = 0
        /// The last of them: whether its answer was heard to its first word, the call's end may decide.
        var answered: TurnTimings?
        /// When the recording began.
        var recording: DefaultTracerClock.Timestamp?
        /// When the call ended.
        var ended: DefaultTracerClock.Timestamp?
    }

    /// Who the trace is told to.
    private let tracer: any Tracer
    private let root: any Span
    private let observer: any CallObserver
    private let clock: TraceClock
    private let state = Mutex(State())

    /// The trace of a call whose upgrade is accepted now; it goes on with the one that the upgrade names, if it names one.
    init(
        _ tracer: any Tracer,
        route: CallRoute,
        handshake: OpeningHandshake,
        observer: any CallObserver,
        clock: TraceClock = TraceClock()
    ) {
        self.tracer = tracer
        self.observer = observer
        self.clock = clock
        var context = ServiceContext.topLevel
        tracer.extract(handshake, into: &context, using: HandshakeExtractor())
        root = tracer.startSpan("call", context: context, ofKind: .server, at: clock.origin)
        guard root.isRecording else { return }
        root.updateAttributes { attributes in
            attributes["voicebridge.route"] = route.path
            attributes["voicebridge.bot"] = route.botName
            attributes["voicebridge.dialect"] = route.dialect.rawValue
            if let tenant = route.tenant { attributes["voicebridge.tenant"] = tenant }
        }
    }

    deinit {
        // An upgrade of which nothing became.
        if state.withLock({ $0.ended == nil }) { root.end(at: clock.now) }
    }

    /// What the call's work goes on with.
    var context: ServiceContext { root.context }

    private func told(_ tell: (any CallObserver) -> Void) {
        ServiceContext.withValue(context) { tell(observer) }
    }

    func callStarted(_ start: CallStart, route: String, bot: String) {
        let now = clock.now
        let isFirst = state.withLock { state in
            defer { state.started = state.started ?? now }
            return state.started == nil
        }
        if isFirst, root.isRecording {
            root.updateAttributes { attributes in
                attributes["voicebridge.call.id"] = start.callID.rawValue
                attributes["voicebridge.codec"] = start.format.encoding.rawValue
                attributes["voicebridge.sample_rate"] = start.format.sampleRate
                if let direction = start.direction { attributes["voicebridge.direction"] = direction.rawValue }
            }
            add("setup", below: root, from: clock.origin, to: now)
        }
        told { $0.callStarted(start, route: route, bot: bot) }
    }

    func callNoted(_ id: CallID, route: String, _ note: CallNote) {
        if root.isRecording { trace(note) }
        told { $0.callNoted(id, route: route, note) }
    }

    func callEnded(_ summary: CallSummary, id: CallID, route: String, bot: String) {
        let now = clock.now
        let open = state.withLock { state in
            state.ended = now
            return state
        }
        if root.isRecording {
            if let timings = open.answered { add(timings, open, until: now) }
            if let recording = open.recording { add("recording", below: root, from: recording, to: now) }
            root.updateAttributes { attributes in
                attributes["voicebridge.ended_by"] = summary.reason.side.rawValue
                attributes["voicebridge.end_reason"] = summary.reason.code
                attributes["voicebridge.turns"] = open.turns
                attributes["voicebridge.interruptions"] = summary.interruptions
                attributes["voicebridge.underruns"] = summary.underruns
                if let transfer = summary.transfer { attributes["voicebridge.transfer"] = transfer.kind.rawValue }
            }
            if summary.reason.side == .error { root.setStatus(SpanStatus(code: .error)) }
        }
        root.end(at: now)
        told { $0.callEnded(summary, id: id, route: route, bot: bot) }
    }

    func callPressed(_ digit: DTMFDigit, id: CallID, route: String) {
        told { $0.callPressed(digit, id: id, route: route) }
    }

    func recordingEnded(_ recording: FinishedRecording, id: CallID, route: String) {
        told { $0.recordingEnded(recording, id: id, route: route) }
    }

    func platformTold(_ event: PlatformCallEvent, _ standing: PlatformCallEvent.Standing) {
        told { $0.platformTold(event, standing) }
    }

    func refused(_ reason: String, route: String?, source: String, detail: String?) {
        told { $0.refused(reason, route: route, source: source, detail: detail) }
    }

    /// Does what the platform is asked beside the wire, as a span of its own.
    ///
    /// - Parameters:
    ///   - action: what is asked.
    ///   - ask: asks it, and tells why it was not done, without a number in it; nil when it was.
    /// - Returns: the same.
    func asking(_ action: CallAction, _ ask: () async -> String?) async -> String? {
        let span = tracer.startSpan("platform \(action.word)", context: context, ofKind: .client, at: clock.now)
        let failure = await ServiceContext.withValue(span.context) { await ask() }
        if let failure { span.setStatus(SpanStatus(code: .error, message: failure)) }
        let now = clock.now
        // One that the call did not wait for is over with it.
        span.end(at: state.withLock { $0.ended.map { min($0, now) } } ?? now)
        return failure
    }
}

// What is measured.
extension CallTrace {
    private func trace(_ note: CallNote) {
        switch note {
        case .turnMeasured(let timings):
            let before = state.withLock { state in
                defer {
                    state.answered = timings
                    state.turns += 1
                }
                return state
            }
            if let timings = before.answered { add(timings, before, until: clock.now) }
        case .recordingBegan:
            let now = clock.now
            state.withLock { $0.recording = $0.recording ?? now }
        case .botFailed: add(event: "bot.failed")
        case .botOverdue: add(event: "bot.overdue")
        case .botTooSlow: add(event: "bot.too_slow")
        case .botTooFast: add(event: "bot.too_fast")
        case .badAudio(let fault): add(event: "audio." + fault.kind)
        case .malformedMessage, .unknownMessage, .marksAreSuspect, .complaint, .platformDidNotEnd, .outOfBand, .bot:
            break
        }
    }

    private func add(event name: String) { root.addEvent(SpanEvent(name: name, at: clock.now)) }

    /// A span that is over.
    @discardableResult
    private func add(
        _ name: String,
        below parent: any Span,
        from start: DefaultTracerClock.Timestamp,
        to end: DefaultTracerClock.Timestamp,
        _ attributes: SpanAttributes = [:]
    ) -> any Span {
        let span = tracer.startSpan(name, context: parent.context, at: start)
        if !attributes.isEmpty { span.attributes = attributes }
        span.end(at: end)
        return span
    }

    /// A turn: the caller's words, and the way to the first word of the answer, each stage from the one before.
    private func add(_ timings: TurnTimings, _ state: State, until limit: DefaultTracerClock.Timestamp) {
        guard let started = state.started else { return }
        let times = timings.waterfall.map { ($0.stage, min(limit, started + timings.turn.endedAt + $0.time)) }
        let begun = min(limit, started + timings.turn.startedAt)
        let silent = min(limit, started + timings.turn.endedAt)
        var attributes: SpanAttributes = [:]
        attributes["voicebridge.turn"] = state.turns
        attributes["voicebridge.turn.reason"] = timings.turn.reason.rawValue
        attributes["voicebridge.turn.answer_ms"] = timings.heard.wholeMilliseconds
        if let network = timings.network { attributes["voicebridge.turn.network_ms"] = network.wholeMilliseconds }
        let turn = add("turn", below: root, from: begun, to: times.last?.1 ?? silent, attributes)
        add("caller_speech", below: turn, from: begun, to: silent)
        var last = silent
        for (stage, time) in times {
            add(stage, below: turn, from: last, to: time)
            last = time
        }
    }
}

extension TurnTimings {
    /// When each stage was over, counted from the caller's last word, in the order of time.
    fileprivate var waterfall: [(stage: String, time: Duration)] {
        var stages = [("end_of_turn", endOfTurn)]
        if let taken { stages.append(("taken", taken)) }
        for stage in TurnStage.allCases {
            if let time = self.stages[stage] { stages.append((stage.rawValue, time)) }
        }
        stages += [("sent", sent), ("heard", heard)]
        return stages.enumerated()
            .sorted { ($0.element.1, $0.offset) < ($1.element.1, $1.offset) }
            .map { (stage: $0.element.0, time: $0.element.1) }
    }
}

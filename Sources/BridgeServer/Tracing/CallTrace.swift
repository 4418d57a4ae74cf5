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
    struct State {
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
    let tracer: any Tracer
    let root: any Span
    private let observer: any CallObserver
    let clock: TraceClock
    let state = Mutex(State())

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

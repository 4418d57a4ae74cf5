// SPDX-License-Identifier: Apache-2.0

import CallModel
import CallSession
import Synchronization
import Tracing
import VoiceBridge

// What is measured.
extension CallTrace {
    /// Takes what was noted.
    func trace(_ note: CallNote) {
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
    func add(
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
    func add(_ timings: TurnTimings, _ state: State, until limit: DefaultTracerClock.Timestamp) {
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

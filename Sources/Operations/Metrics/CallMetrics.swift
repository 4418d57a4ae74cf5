// SPDX-License-Identifier: Apache-2.0

import BridgeServer
package import CallModel
package import CallSession
package import Metrics
import VoiceBridge

/// Counts calls as they come and go, through swift-metrics.
///
/// It is told of a call's beginning, its end and what happens between, never of a frame. Every label is of a set that the
/// configuration or the program bounds: no call, number or path that somebody sent is in one.
package struct CallMetrics: CallObserver {
    private let factory: any MetricsFactory
    private let labelsRoutes: Bool
    private let words = CallWords()

    /// Counts in a factory; without route labels all routes and bots count as one.
    package init(factory: any MetricsFactory, labelsRoutes: Bool = true) {
        self.factory = factory
        self.labelsRoutes = labelsRoutes
    }

    package func callStarted(_ start: CallStart, route: String, bot: String) {
        add(1, .started, labels(route, bot))
    }

    package func callEnded(_ summary: CallSummary, id: CallID, route: String, bot: String) {
        let labels = labels(route, bot)
        let reason = summary.reason
        add(1, .ended, labels + [("ended_by", reason.side.rawValue), ("reason", words.reasons.word(reason.code))])
        // A socket on which nothing began is no call; what else there is of it is all zero.
        guard let start = summary.start else { return add(summary.malformedMessages, .malformed, labels) }
        record(summary.duration, .duration, labels)
        if let setup = summary.setup { record(setup, .setup, labels) }
        add(summary.underruns, .underruns, labels)
        add(summary.underrunTime.inSeconds, .underrunTime, labels)
        add(summary.interruptions, .interruptions, labels)
        add(summary.falseInterruptions, .falseInterruptions, labels)
        add(summary.malformedMessages, .malformed, labels)
        add(summary.sequenceFaults, .sequenceFaults, labels)
        add(Double(summary.samplesDropped) / Double(start.format.sampleRate), .dropped, labels)
        add(summary.complaints, .complaints, labels)
        countTransfer(summary, labels)
    }

    package func callNoted(_ id: CallID, route: String, _ note: CallNote) {
        let labels = self.labels(route)
        switch note {
        case .turnMeasured(let timings): record(timings.heard, .answer, labels)
        case .botFailed: add(1, .botFailures, labels + [("failure", "threw")])
        case .botOverdue: add(1, .botFailures, labels + [("failure", "overdue")])
        case .botTooSlow: add(1, .botFailures, labels + [("failure", "too_slow")])
        case .botTooFast: add(1, .botFailures, labels + [("failure", "too_fast")])
        case .badAudio(let fault): add(1, .audioFaults, labels + [("fault", words.faults.word(fault.kind))])
        case .outOfBand(let outcome) where outcome.failure != nil && outcome.action == "transfer":
            add(1, .transfers, labels + [("kind", "out_of_band"), ("outcome", "failed")])
        case .malformedMessage, .unknownMessage, .marksAreSuspect, .complaint, .platformDidNotEnd, .outOfBand, .bot,
            .recordingBegan:
            break
        }
    }

    package func callPressed(_ digit: DTMFDigit, id: CallID, route: String) {
        add(1, .digits, labels(route))
    }

    package func platformTold(_ event: PlatformCallEvent, _ standing: PlatformCallEvent.Standing) {
        add(1, .platformEvents, [("platform", words.platforms.word(event.platform)), ("standing", standing.rawValue)])
    }

    private func countTransfer(_ summary: CallSummary, _ labels: [(String, String)]) {
        guard let transfer = summary.transfer else { return }
        // The route alone, as those that failed are told of.
        let route = labels.filter { $0.0 == "route" }
        add(1, .transfers, route + [("kind", transfer.kind.rawValue), ("outcome", "told")])
    }

    private func labels(_ route: String) -> [(String, String)] {
        labelsRoutes ? [("route", words.routes.word(route))] : []
    }

    private func labels(_ route: String, _ bot: String) -> [(String, String)] {
        labelsRoutes ? [("bot", words.bots.word(bot))] + labels(route) : []
    }

    private func add(_ amount: Int, _ metric: CallMetric, _ labels: [(String, String)]) {
        Counter(label: metric.rawValue, dimensions: labels, factory: factory).increment(by: amount)
    }

    private func add(_ amount: Double, _ metric: CallMetric, _ labels: [(String, String)]) {
        FloatingPointCounter(label: metric.rawValue, dimensions: labels, factory: factory).increment(by: amount)
    }

    private func record(_ time: Duration, _ metric: CallMetric, _ labels: [(String, String)]) {
        Timer(label: metric.rawValue, dimensions: labels, factory: factory).recordNanoseconds(time.wholeNanoseconds)
    }
}

// SPDX-License-Identifier: Apache-2.0
import CallModel
import CallSession
import Testing
import VoiceBridge

@testable import Operations

@Suite("Figures of calls")
struct CallMetricsTests {
    private static let start = CallStart(callID: CallID("secret-id"), streamID: "s", platform: "twilio", from: "98765")

    private func lines(labelsRoutes: Bool = true, _ tell: (CallMetrics) -> Void) -> [String] {
        let metrics = PrometheusMetrics()
        tell(CallMetrics(factory: metrics, labelsRoutes: labelsRoutes))
        var text = PrometheusText()
        metrics.write(into: &text)
        #expect(!text.text.contains("secret-id") && !text.text.contains("98765"))
        return text.text.split(separator: "\n").filter { !$0.hasPrefix("#") }.map(String.init)
    }

    private func summary(_ change: (inout CallSummary) -> Void = { _ in }) -> CallSummary {
        let reason = EndReason(side: .caller, code: "stop", detail: "of 98765")
        var summary = CallSummary(reason: reason, duration: .seconds(90))
        summary.start = Self.start
        summary.setup = .milliseconds(30)
        change(&summary)
        return summary
    }

    @Test("a call is counted when it begins and when it ends")
    func call() {
        let lines = lines { metrics in
            metrics.callStarted(Self.start, route: "/a", bot: "echo")
            let summary = summary {
                $0.underruns = 2
                $0.underrunTime = .milliseconds(250)
                $0.samplesDropped = 4_000
                $0.transfer = .phone("98765")
            }
            metrics.callEnded(summary, id: Self.start.callID, route: "/a", bot: "echo")
        }
        let labels = "{bot=\"echo\",route=\"/a\"}"
        #expect(lines.contains("voicebridge_calls_started_total\(labels) 1"))
        let ended = "{bot=\"echo\",ended_by=\"caller\",reason=\"stop\",route=\"/a\"}"
        #expect(lines.contains("voicebridge_calls_ended_total\(ended) 1"))
        #expect(lines.contains("voicebridge_call_duration_seconds_sum\(labels) 90"))
        #expect(lines.contains("voicebridge_call_setup_seconds_sum\(labels) 0.03"))
        #expect(lines.contains("voicebridge_playback_underruns_total\(labels) 2"))
        #expect(lines.contains("voicebridge_playback_underrun_seconds_total\(labels) 0.25"))
        #expect(lines.contains("voicebridge_caller_audio_dropped_seconds_total\(labels) 0.5"))
        #expect(lines.contains("voicebridge_transfers_total{kind=\"phone\",outcome=\"told\",route=\"/a\"} 1"))
    }

    @Test("a socket on which nothing began is no call")
    func noCall() {
        let lines = lines { metrics in
            let summary = summary { $0.start = nil }
            metrics.callEnded(summary, id: CallID("connection-1"), route: "/a", bot: "echo")
        }
        #expect(lines.contains { $0.hasPrefix("voicebridge_calls_ended_total") })
        #expect(!lines.contains { $0.hasPrefix("voicebridge_call_duration_seconds") })
    }

    @Test("without route labels all calls count as one")
    func withoutLabels() {
        let lines = lines(labelsRoutes: false) { metrics in
            metrics.callStarted(Self.start, route: "/a", bot: "echo")
            metrics.callStarted(Self.start, route: "/b", bot: "flow")
        }
        #expect(lines == ["voicebridge_calls_started_total 2"])
    }

    @Test("ten thousand routes, bots, reasons and platforms are a few hundred series, and none is dropped")
    func bounded() {
        let metrics = PrometheusMetrics()
        let calls = CallMetrics(factory: metrics)
        let key = DTMFDigit("1")
        for number in 0..<10_000 {
            let (route, bot) = ("/route-\(number)", "bot-\(number)")
            let event = PlatformCallEvent(call: CallID("a"), platform: "platform-\(number)", name: "x")
            calls.platformTold(event, .unknown)
            calls.callStarted(Self.start, route: route, bot: bot)
            if let key { calls.callPressed(key, id: Self.start.callID, route: route) }
            calls.callNoted(Self.start.callID, route: route, .botFailed("reason \(number)"))
            let summary = summary { $0.reason = EndReason(side: .bot, code: "reason-\(number)") }
            calls.callEnded(summary, id: Self.start.callID, route: route, bot: bot)
        }
        var text = PrometheusText()
        metrics.write(into: &text)
        let lines = text.text.split(separator: "\n").filter { !$0.hasPrefix("#") }
        func count(_ name: String) -> Int { lines.count { $0.hasPrefix(name + "{") } }
        #expect(count("voicebridge_digits_total") == 201)
        #expect(count("voicebridge_platform_events_total") == 33)
        // The first 64 have a bot and a reason of their own, the first 200 a route; all others are one.
        #expect(count("voicebridge_calls_ended_total") == 201)
        #expect(metrics.dropped == 0)
        #expect(lines.contains("voicebridge_digits_total{route=\"other\"} 9800"))
        #expect(text.text.utf8.count < 2_000_000)
    }

    @Test(
        "what goes wrong with a bot is counted by what it is",
        arguments: [
            (CallNote.botFailed("of 98765"), "threw"), (.botOverdue, "overdue"), (.botTooSlow, "too_slow"),
            (.botTooFast, "too_fast"),
        ]
    )
    func bots(note: CallNote, word: String) {
        let lines = lines { $0.callNoted(Self.start.callID, route: "/a", note) }
        #expect(lines == ["voicebridge_bot_failures_total{failure=\"\(word)\",route=\"/a\"} 1"])
    }
}

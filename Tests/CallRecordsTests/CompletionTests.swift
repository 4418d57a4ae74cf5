// SPDX-License-Identifier: Apache-2.0
import BridgeConfiguration
import BridgeServer
import CallModel
import CallSession
import Dispatch
import TestSupport
import Testing
import VoiceBridge

@testable import CallRecords

/// One row per call, completed once.
@Suite struct CompletionTests {
    @Test func `A call's row holds what was told`() throws {
        let recording = try Recording()
        let recorder = try recording.recorder()
        let start = CallStart(
            callID: CallID("CA1"),
            streamID: "MZ1",
            platform: "twilio",
            from: "+915550100",
            to: "+915550199",
            direction: .inbound,
            format: .muLaw8kHz,
            outboundFormat: .linear16kHz
        )
        let call = try recorder.begin(start, route: "/v1/twilio")
        for key in "12#" { call.callPressed(try #require(DTMFDigit(key)), id: start.callID, route: "/v1/twilio") }
        let turn = Turn(startedAt: .milliseconds(900), endedAt: .milliseconds(2_000), reason: .silence, audio: 0..<1)
        let timings = TurnTimings(
            turn: turn,
            network: .milliseconds(12),
            endOfTurn: .milliseconds(700),
            taken: .milliseconds(701),
            stages: [.firstAudio: .milliseconds(950)],
            sent: .milliseconds(960),
            heard: .milliseconds(1_160)
        )
        call.callNoted(start.callID, route: "/v1/twilio", .turnMeasured(timings))
        var summary = CallSummary(
            reason: EndReason(side: .bot, code: "transfer", detail: "asked"),
            duration: .milliseconds(12_345)
        )
        summary.samplesReceived = 80_000
        summary.samplesSent = 32_000
        summary.samplesHeard = 16_000
        summary.samplesDropped = 800
        summary.underruns = 2
        summary.underrunTime = .milliseconds(45)
        summary.lateness = .milliseconds(31)
        summary.interruptions = 3
        summary.falseInterruptions = 1
        summary.digits = 3
        summary.transfer = .phones(["09810000001", "09810000002"], strategy: .sequential)
        summary.outOfBand = [
            CallControlOutcome(.transfer(.phone("1")), failure: "said \"no\"", time: .milliseconds(120)),
            CallControlOutcome(.hangUp, failure: nil, time: .milliseconds(80)),
        ]
        summary.botError = "it broke"
        summary.isBotOverdue = true
        call.callEnded(summary, id: start.callID, route: "/v1/twilio", bot: "echo")
        #expect(recorder.close())
        let record = try #require(try recording.records().first)
        let expected: [String: CallRecord.Value] = [
            "id": .integer(1), "state": .text("ended"), "call_id": .text("CA1"), "stream_id": .text("MZ1"),
            "made_up_id": .flag(false), "platform": .text("twilio"), "route": .text("/v1/twilio"), "bot": .text("echo"),
            "direction": .text("inbound"), "from": .text("+915550100"), "to": .text("+915550199"),
            "codec": .text("ulaw"), "sample_rate": .integer(8_000), "codec_out": .text("pcm"),
            "sample_rate_out": .integer(16_000), "duration_ms": .integer(12_345), "ended_by": .text("bot"),
            "end_reason": .text("transfer"), "end_detail": .text("asked"), "digit_count": .integer(3),
            "digits": .text("***"), "transfer": .text("phones"), "transfer_to": .text("09810000001,09810000002"),
            "out_of_band": .list(
                #"[{"action":"transfer","ms":120,"failure":"said \"no\""},{"action":"hang_up","ms":80,"failure":null}]"#
            ),
            "turn_count": .integer(1),
            "turns": .list(
                #"[{"started_ms":900,"ended_ms":2000,"network_ms":12,"end_of_turn_ms":700,"taken_ms":701,"#
                    + #""first_audio_ms":950,"sent_ms":960,"heard_ms":1160}]"#
            ),
            "received_ms": .integer(10_000), "sent_ms": .integer(2_000), "heard_ms": .integer(1_000),
            "dropped_ms": .integer(100), "underruns": .integer(2), "underrun_ms": .integer(45),
            "interruptions": .integer(3), "false_interruptions": .integer(1), "live_samples_dropped": .integer(0),
            "malformed_messages": .integer(0), "unknown_messages": .integer(0), "sequence_faults": .integer(0),
            "odd_bytes": .integer(0), "complaints": .integer(0), "audio_faults": .list("[]"),
            "bot_error": .text("it broke"), "bot_overdue": .flag(true), "leaves_caller": .flag(false),
            "tenant": CallRecord.Value.none, "lateness_ms": .integer(31), "recording": CallRecord.Value.none,
            "recording_ms": CallRecord.Value.none, "recording_whole": CallRecord.Value.none,
        ]
        for column in RecordColumn.all where column.kind != .time {
            #expect(record[column: column.name] == expected[column.name], "\(column.name)")
        }
        #expect(record[column: "started_at"] != .none && record[column: "ended_at"] != .none)
    }

    @Test(arguments: [(RecordsConfiguration.Digits.masked, "**"), (.shown, "4*")])
    func `Keys are kept as the configuration says`(digits: RecordsConfiguration.Digits, expected: String) throws {
        var recording = try Recording()
        recording.settings.digits = digits
        let recorder = try recording.recorder()
        let call = try recorder.begin(Recording.start("a"))
        for key in "4*" { call.callPressed(try #require(DTMFDigit(key)), id: CallID("a"), route: "/") }
        call.end("a")
        #expect(recorder.close())
        #expect(try recording.records().map { $0[column: "digits"] } == [.text(expected)])
    }

    @Test func `An end that is told twice counts once, and the first stays`() throws {
        let recording = try Recording()
        let recorder = try recording.recorder()
        let call = try recorder.begin(Recording.start("a"))
        call.callStarted(Recording.start("b"), route: "/v1/exotel", bot: "echo")
        call.end("a", Recording.summary("hangup"))
        call.end("a", Recording.summary("stop"))
        #expect(recorder.close())
        let records = try recording.records()
        #expect(records.map { $0[column: "call_id"] } == [.text("a")])
        #expect(records.map { $0[column: "end_reason"] } == [.text("hangup")])
        #expect(recorder.counters.completed == 1 && recorder.counters.pending == 0)
    }

    @Test func `Two sockets of one call have a row each, whichever ends first`() throws {
        let recording = try Recording()
        let recorder = try recording.recorder()
        let old = try recorder.begin(Recording.start("a", stream: "same"))
        let new = try recorder.begin(Recording.start("a", stream: "same"))
        new.end("a", Recording.summary("hangup"))
        old.end("a", Recording.summary("replaced"))
        #expect(recorder.close())
        #expect(try recording.records().map { $0[column: "end_reason"] } == [.text("replaced"), .text("hangup")])
    }

    @Test func `A socket on which nothing began leaves no row and gives its place back`() throws {
        let recording = try Recording()
        let recorder = try recording.recorder()
        do {
            let call = try #require(recorder.makeRoom(route: "/"))
            #expect(recorder.counters.pending == 1)
            call.end("connection-1")
        }
        #expect(recorder.counters.pending == 0)
        #expect(recorder.close())
        #expect(try recording.records().isEmpty)
    }

    @Test func `A call that is let go without an end is interrupted`() throws {
        let recording = try Recording()
        let recorder = try recording.recorder()
        do { _ = try recorder.begin(Recording.start("a")) }
        #expect(recorder.close())
        #expect(try recording.records().map { $0[column: "state"] } == [.text("interrupted")])
        #expect(recorder.counters.pending == 0)
    }

    @Test func `Ten thousand calls from many threads are conserved`() throws {
        var recording = try Recording()
        recording.settings.backlog = 10_000
        let recorder = try recording.recorder()
        DispatchQueue.concurrentPerform(iterations: 10_000) { number in
            try? recorder.record("call-\(number)")
        }
        #expect(recorder.close(within: .seconds(60)))
        var ids: Set<String> = []
        var ended = 0
        try RecordReader(path: recording.path).forEach(RecordFilter()) { record in
            ids.insert(record[column: "call_id"].text)
            if record[column: "state"] == .text("ended") { ended += 1 }
        }
        #expect(ids.count == 10_000 && ended == 10_000 && recorder.counters.completed == 10_000)
        #expect(recorder.counters.pending == 0 && recorder.counters.refused == 0)
    }

    @Test func `What is kept of a call is bounded`() throws {
        let recording = try Recording()
        let recorder = try recording.recorder()
        let call = try recorder.begin(Recording.start("a", from: String(repeating: "9", count: 10_000)))
        let key = try #require(DTMFDigit("1"))
        for _ in 0..<1_000 { call.callPressed(key, id: CallID("a"), route: "/") }
        call.end("a")
        #expect(recorder.close())
        let record = try #require(try recording.records().first)
        #expect(record[column: "digit_count"] == .integer(1_000))
        #expect(record[column: "digits"].text.count == RecordStory.maximumDigits)
        #expect(record[column: "from"].text.count == 128)
    }
}

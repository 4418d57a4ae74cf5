// SPDX-License-Identifier: Apache-2.0

import ConfigurationReading
import Foundation
import OutboundHTTP
import Synchronization
import TestSupport
import Testing
import VoiceBridge
import VoiceBridgeTesting

@testable import Bots

/// Says every text as a tone of 200 ms and notes it.
final class ToneSynthesizer: SpeechSynthesizer {
    private let said = Mutex<[String]>([])

    var texts: [String] { said.withLock { $0 } }

    func speak(_ text: String, language: String?, into speech: SpeechWriter) async throws {
        said.withLock { $0.append(language.map { "\($0): \(text)" } ?? text) }
        for _ in 0..<2 { try await speech.write(.tone(frequency: 500, duration: .milliseconds(100))) }
    }
}

/// Answers every request with the same.
final class SameAnswer: HTTPClient {
    private let asked = Mutex<[HTTPRequest]>([])
    let answer: FlowHTTPAnswer?

    init(_ answer: FlowHTTPAnswer?) { self.answer = answer }

    var requests: [HTTPRequest] { asked.withLock { $0 } }

    func send(_ request: HTTPRequest) async throws -> HTTPResponse {
        asked.withLock { $0.append(request) }
        guard let answer else { throw FlowError(description: "nobody is there") }
        return HTTPResponse(status: answer.status, body: HTTPBody([answer.body]))
    }
}

/// Keeps what a flow reports.
final class Reports: Sendable {
    private let kept = Mutex<[String]>([])

    var lines: [String] { kept.withLock { $0 } }

    @Sendable func take(_ report: FlowReport) {
        let line =
            switch report {
            case .notice(let text): "notice: \(text)"
            case .warning(let text): "warning: \(text)"
            case .refused(let text, let faults): "refused: \(text)\n\(faults)"
            case .failed(let text, _): "failed: \(text)"
            case .step(let text, _): "step: \(text)"
            }
        kept.withLock { $0.append(line) }
    }
}

@Suite("A flow on a call")
struct FlowCallTests {
    static let flow = """
        name: Test
        sections:
          welcome:
            - say: {text: Welcome., audio: beep.wav}
            - menu:
                say: {text: "One, two or three?", audio: beep.wav}
                timeout: 4s
                attempts: 2
                no_input: {play: beep.wav}
                keys: {1: sales, 2: number, 3: message, 4: other}
                failed: goodbye
          sales: [{transfer: {phone: "09810000003"}}]
          number:
            - collect:
                play: beep.wav
                into: number
                minimum: 2
                maximum: 6
                between: 2s
                failed: goodbye
            - request: {url: "https://example.net/{{number}}", into: {day: day}, timeout: 2s, failed: goodbye}
            - say: {text: "{{day}}", audio: beep.wav}
            - transfer: {extension: "{{number}}"}
          message:
            - record: {into: file, maximum: 10s, silence: 2s, failed: goodbye}
            - transfer: {flow: "{{file}}"}
          other: [{hand_over: {bot: receptionist}}]
          goodbye: [{hang_up: {say: {text: Goodbye., audio: beep.wav}}}]
        """

    struct Played {
        var call: Conversation
        var requests: [HTTPRequest]
        var reports: [String]
        var recordings: [String]
    }

    private func play(
        _ digits: String,
        audio: [Int16] = [],
        marks: MarkMode = .honest,
        answer: FlowHTTPAnswer? = FlowHTTPAnswer(status: 200, body: Array(#"{"day": "Monday"}"#.utf8))
    ) throws -> Played {
        let folder = try FlowFixture.Folder()
        _ = try folder.write("beep.wav", FlowFixture.beep)
        let client = SameAnswer(answer)
        let reports = Reports()
        let resources = FlowBot.Resources(
            requests: client,
            recordings: folder.path,
            bots: BuiltInBots.all.filter { $0.description.name != "flow" },
            report: reports.take
        )
        let bot = try FlowBot(file: try folder.write("flow.yaml", Self.flow.utf8), resources: resources)
        let schedule = digits.isEmpty ? [] : try ScheduledDigit.schedule(digits)
        let call = try Conversation(bot, options: marks == .never ? BotOptions() : .marks) {
            $0.callID = "call/../1"
            $0.digits = schedule
            $0.callerAudio = audio
            $0.duration = .seconds(60)
            $0.markMode = marks
        }
        let recordings = try folder.names.filter { $0 != "beep.wav" && $0 != "flow.yaml" }
        return Played(call: call, requests: client.requests, reports: reports.lines, recordings: recordings)
    }

    @Test(
        "digits lead where the flow says, in every mark mode",
        arguments: MarkMode.allCases,
        [
            ("1@1.0", "session.transfer", "destination", "09810000003"),
            ("1@0.05", "session.transfer", "destination", "09810000003"),
            ("2@1.0,2@2.0,0@2.3,4@2.6,#@3.0", "session.transfer_extension", "extension", "204"),
            ("2@1.0,2@2.0,0@2.3,4@2.6", "session.transfer_extension", "extension", "204"),
            ("2@0.1,2@0.2,0@0.3,4@0.4,0@0.5,0@0.6,0@0.7", "session.transfer_extension", "extension", "204000"),
            ("9@1.0,1@2.0", "session.transfer", "destination", "09810000003"),
            ("4@1.0,2@4.0", "session.transfer_extension", "extension", "204"),
        ]
    )
    func digits(marks: MarkMode, row: (digits: String, type: String, key: String, value: String)) throws {
        let played = try play(row.digits, marks: marks)
        #expect(played.call.result.violations == [])
        let last = try #require(played.call.result.commands.last { $0.type != "mark" })
        #expect(last.type == row.type)
        #expect(last[row.key] == row.value)
        #expect(played.call.result.endedBy == .bot)
        #expect(played.call.endCount == 1)
        #expect(played.call.result.playback.cut == 0)
    }

    @Test("a caller who presses nothing is asked twice and hears goodbye")
    func noInput() throws {
        let played = try play("")
        #expect(played.call.commands == ["session.hangup"])
        // Five beeps of 100 ms: welcome, menu, complaint, menu, goodbye.
        #expect(played.call.result.playback.heard == 5 * 800)
        let hangUp = try #require(played.call.result.commands.last)
        #expect(hangUp.time > .milliseconds(8_400) && hangUp.time < .milliseconds(9_500))
    }

    @Test("the request carries the digits, and the log carries none")
    func masked() throws {
        let played = try play("2@1.0,2@2.0,0@2.3,4@2.6,#@3.0")
        #expect(played.requests.map(\.url) == ["https://example.net/204"])
        #expect(played.reports.contains("step: number[0] waits for up to 6 digits"))
        #expect(played.reports.contains("step: number[1] asks GET of https://example.net"))
        #expect(!played.reports.contains { $0.contains("204") })
    }

    @Test(
        "an answer that does not come leads to the other way, and is reported",
        arguments: [nil, FlowHTTPAnswer(status: 500)]
    )
    func noAnswer(answer: FlowHTTPAnswer?) throws {
        let played = try play("2@1.0,2@2.0,0@2.3,#@3.0", answer: answer)
        #expect(played.call.commands.last == "session.hangup")
        let report = "failed: GET of https://example.net failed: nobody is there"
        #expect(played.reports.contains(report) == (answer == nil))
    }

    @Test("what the caller says becomes a file, until silence or a key", arguments: ["3@1.0", "3@1.0,#@4.0"])
    func recording(digits: String) throws {
        let voice = BargeInTests.voice
        let audio =
            [Int16](repeating: 0, count: 2 * 8_000) + voice.prefix(3 * 8_000) + [Int16](repeating: 0, count: 8 * 8_000)
        let played = try play(digits, audio: audio)
        #expect(played.recordings == ["call____1-1.wav"])
        let last = try #require(played.call.result.commands.last)
        #expect(last.type == "session.flow_transfer")
        #expect(last["flow_id"]?.hasSuffix("/call____1-1.wav") == true)
    }

    @Test("a caller who speaks before the tone does, and on, is recorded to the end")
    func speakingAlready() throws {
        // 11.4 s of speech at 16 kHz, of which every other sample makes do here.
        let speech = try AudioChunk(wav: try #require(BuiltInPrompts.file("greeting-and-menu"))).samples
        let half = speech.enumerated().filter { $0.offset.isMultiple(of: 2) }.map(\.element)
        let audio = Array(half.prefix(7 * 8_000)) + [Int16](repeating: 0, count: 8 * 8_000)
        let played = try play("3@1.0", audio: audio)
        #expect(played.recordings == ["call____1-1.wav"])
        let last = try #require(played.call.result.commands.last)
        #expect(last.type == "session.flow_transfer")
        // 7 s of speech, 2 s of silence, and what the detector takes to be sure.
        #expect(last.time > .milliseconds(8_900) && last.time < .milliseconds(10_000), "\(last.time)")
    }

    @Test("a caller who says nothing leaves no file")
    func silence() throws {
        let played = try play("3@1.0")
        #expect(played.recordings == [])
        #expect(played.call.commands.last == "session.hangup")
    }
}

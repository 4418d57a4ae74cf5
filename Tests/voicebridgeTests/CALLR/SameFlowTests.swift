// SPDX-License-Identifier: Apache-2.0

import ConfigurationReading
import Dialects
import OutboundHTTP
import PlatformAPIs
import Synchronization
import TestSupport
import Testing
import VoiceBridge
import VoiceBridgeTesting

@testable import Bots
@testable import voicebridge

/// Answers requests in order.
final class AnswersInTurn: HTTPClient {
    private let answers: Mutex<[(status: Int, json: String)]>

    init(_ answers: [(status: Int, json: String)]) { self.answers = Mutex(answers) }

    func send(_ request: HTTPRequest) async throws -> HTTPResponse {
        let answer = answers.withLock { $0.isEmpty ? nil : $0.removeFirst() }
        guard let answer else { throw HTTPClientError.unexpectedRequest(request.url) }
        return HTTPResponse(status: answer.status, body: HTTPBody([Array(answer.json.utf8)]))
    }
}

/// Says every text as 100 ms of a tone.
struct BriefVoice: SpeechSynthesizer {
    func speak(_ text: String, language: String?, into speech: SpeechWriter) async throws {
        try await speech.write(.tone(frequency: 500, duration: .milliseconds(100)))
    }
}

/// What a flow reports, by kind.
final class FlowReports: Sendable {
    private let kept = Mutex<(steps: [String], others: [String])>(([], []))

    var steps: [String] { kept.withLock { $0.steps } }
    var others: [String] { kept.withLock { $0.others } }

    @Sendable func take(_ report: FlowReport) {
        kept.withLock { kept in
            switch report {
            case .step(let text, _): kept.steps.append(text)
            case .failed(let text, _), .warning(let text), .notice(let text): kept.others.append(text)
            case .refused(let text, let faults): kept.others.append("\(text): \(faults)")
            }
        }
    }
}

@Suite("A flow on a call with audio and on CALLR")
struct SameFlowTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    static let library = [
        "greeting-and-menu": 1, "no-input": 2, "bad-input": 3, "connecting": 4, "say-it-back": 5, "goodbye": 6,
    ]

    /// The texts that a way through a flow says.
    private func texts(_ scenario: FlowScenario, _ flow: Flow, call: [String: String]) -> [FlowLine] {
        var (events, answers) = (scenario.events, scenario.answers)
        var lines: [FlowLine] = []
        var interpreter = FlowInterpreter(flow, call: call)
        var action = interpreter.next(.begin)
        while true {
            switch action {
            case .speak(let line, _):
                lines.append(line)
                action = interpreter.next(.done)
            case .collect(let collection):
                lines += collection.lines
                let keys = events.removeFirst().split(separator: " ").last.map(String.init) ?? ""
                action = interpreter.next(.digits(keys.allSatisfy(\.isNumber) ? keys : ""))
            case .record:
                events.removeFirst()
                action = interpreter.next(.failed(""))
            case .request:
                let answer = answers.removeFirst()
                action = interpreter.next(
                    .answered(FlowHTTPAnswer(status: answer.status, body: Array(answer.json.utf8)))
                )
            default: return lines
            }
        }
    }

    /// The steps of a call with audio.
    private func audio(_ scenario: FlowScenario) async throws -> (steps: [String], hungUp: Bool) {
        let reports = FlowReports()
        let bot = try FlowBot(
            file: try scenario.write(to: folder),
            resources: FlowBot.Resources(
                synthesizer: BriefVoice(),
                requests: AnswersInTurn(scenario.answers),
                recordings: folder.path,
                report: reports.take
            )
        )
        // Virtual time waits for nobody but the call: what is said is said before.
        for line in texts(scenario, bot.program.current.flow, call: [:]) where line.sound == nil {
            if let text = line.text { _ = try await bot.speech?.prompt(text, language: line.language) }
        }
        var configuration = SimulatedCallConfiguration()
        configuration.digits = try ScheduledDigit.schedule(scenario.digits)
        configuration.duration = .seconds(60)
        let bridge = try VirtualBridge(bot: bot, dialectOptions: BotOptions(["marks": .flag(true)]))
        var call = VirtualCall(configuration, server: bridge)
        let result = call.run()
        #expect(result.violations == [])
        _ = bridge.settle(from: call.now)
        #expect(reports.others == [])
        return (reports.steps, result.endedBy == .bot)
    }

    @Test("the same choices lead the same way", arguments: FlowScenario.all)
    func samePath(scenario: FlowScenario) async throws {
        let expected = try await audio(scenario)
        #expect(expected.hungUp)
        #expect(expected.steps.last == scenario.end)
        for manner in CALLRPlatform.Manner.allCases {
            let reports = FlowReports()
            var settings = CALLRFlowSettings(file: try scenario.write(to: folder))
            settings.voice = "TTS_EN-GB_SERENA"
            settings.numbering = .india
            // Samples once; the other ways of asking have the prompts in the library.
            if manner != .plain { settings.library = Self.library }
            let flow = try CALLRFlow(settings, client: AnswersInTurn(scenario.answers), report: reports.take)
            let realTime = CALLRRealTime(flow, sleep: HeldClock().sleep)
            var platform = CALLRPlatform(scenario.events, manner: manner) { body in
                let reply = await realTime.answer(ReceivedHTTPRequest(method: "POST", path: "/", body: body))
                return (reply.status, reply.body)
            }
            await platform.run()
            #expect(platform.violations == [], "\(manner)")
            #expect(platform.events == [], "\(manner)")
            #expect(platform.carried.last?.name == "hangup")
            #expect(reports.steps == expected.steps, "\(manner)")
            #expect(realTime.callCount == 0)
        }
    }
}

// SPDX-License-Identifier: Apache-2.0

import Bots
import ConfigurationReading
import Dialects
import OutboundHTTP
import PlatformAPIs
import Synchronization
import TestSupport
import Testing
import VoiceBridge

@testable import voicebridge

@Suite("A flow on CALLR")
struct CALLRFlowTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    /// What became of a call.
    struct Played {
        var platform: CALLRPlatform
        var reports: FlowReports

        /// The commands, with parameters, in order; samples are left out.
        var commands: [String] {
            platform.carried.map { "\($0.name) \($0.parameters.count > 400 ? "…" : $0.parameters)" }
        }
    }

    private func load(
        _ yaml: String,
        client: any HTTPClient = AnswersInTurn([]),
        messages: (any MessageSending)? = nil,
        reports: FlowReports = FlowReports(),
        _ configure: (inout CALLRFlowSettings) -> Void = { _ in }
    ) throws -> CALLRFlow {
        var settings = CALLRFlowSettings(file: try folder.write("flow.yaml", yaml))
        settings.voice = "TTS_EN-GB_SERENA"
        configure(&settings)
        return try CALLRFlow(settings, client: client, messages: messages, report: reports.take)
    }

    private func play(
        _ yaml: String,
        _ events: [String],
        client: any HTTPClient = AnswersInTurn([]),
        variables: [String: String] = [:],
        _ configure: (inout CALLRFlowSettings) -> Void = { _ in }
    ) async throws -> Played {
        let reports = FlowReports()
        let realTime = CALLRRealTime(
            try load(yaml, client: client, reports: reports, configure),
            sleep: HeldClock().sleep
        )
        var platform = CALLRPlatform(events, variables: variables) { body in
            let reply = await realTime.answer(ReceivedHTTPRequest(method: "POST", path: "/", body: body))
            return (reply.status, reply.body)
        }
        await platform.run()
        #expect(platform.violations == [])
        #expect(platform.events == [])
        while realTime.callCount > 0 { await Task.yield() }
        return Played(platform: platform, reports: reports)
    }

    @Test("each step becomes the commands that the article says")
    func commands() async throws {
        let played = try await play(
            """
            language: en-IN
            sections:
              begin:
                - say: "Hello {{call.from}} | {{call.parameters.plan}} {{call.parameters.cli_name}}."
                - say: {text: Bonjour., language: fr-FR}
                - play: {prompt: connecting}
                - menu: {say: "One?", no_match: No., keys: {1: number}, timeout: 4s}
              number:
                - collect: {play: {prompt: no-input}, into: number, maximum: 6, between: 40ms, timeout: 100ms}
                - record: {say: Speak., into: file, maximum: 1m, silence: 500ms}
                - record: {into: file, beep: false, silence: off}
                - set: {end: "{{number}} {{file}}"}
                - say: "{{end}}"
                - transfer: {phones: ["+331", "0 98100-00003", "+44 789"], ring: sequential}
            """.replacing("40ms", with: "100ms").replacing("\"+331\"", with: "\"+33100000001\"")
                .replacing("+44 789", with: "+44 7890123456"),
            ["keys 5", "keys 1", "keys 12#4", "file rec-1", "file rec-2", "dial ANSWER"],
            variables: ["plan": "gold"]
        ) { settings in
            settings.voices = ["fr-FR": "TTS_FR-FR_AUDREY"]
            settings.library = ["connecting": 42, "no-input": 43]
            settings.numbering = .india
            settings.callerID = "+16469820800"
            settings.ringSeconds = 20
        }
        #expect(
            played.commands == [
                #"play {"media_id":"TTS|TTS_EN-GB_SERENA|Hello +33678912345   gold Ann."}"#,
                #"play {"media_id":"TTS|TTS_FR-FR_AUDREY|Bonjour."}"#, #"play {"media_id":42}"#,
                #"read {"attempts":1,"max_digits":1,"media_id":"TTS|TTS_EN-GB_SERENA|One?","timeout_ms":4000}"#,
                #"read {"attempts":1,"max_digits":1,"media_id":"TTS|TTS_EN-GB_SERENA|No. One?","timeout_ms":4000}"#,
                #"read {"attempts":1,"max_digits":6,"media_id":43,"timeout_ms":100}"#,
                #"play {"media_id":"TTS|TTS_EN-GB_SERENA|Speak."}"#, "play_wav_data …",
                #"record {"max_duration":60,"silence":1}"#, #"record {"max_duration":60,"silence":0}"#,
                #"play {"media_id":"TTS|TTS_EN-GB_SERENA|12 rec-2"}"#,
                #"dialout {"cdr_field":"","cli":"+16469820800","ringtone":"RING","targets":"#
                    + #"[{"number":"+33100000001","timeout":20},{"number":"+919810000003","timeout":20},"#
                    + #"{"number":"+447890123456","timeout":20}],"whisper":0}"#,
                "hangup {}",
            ]
        )
        #expect(played.reports.others == [])
        #expect(!played.reports.steps.contains { $0.contains("12") })
    }

    @Test(
        "a transfer that is not taken leads on, and is reported",
        arguments: [
            ("{phone: \"+33100000001\", failed: sorry}", ["dial NOANSWER"], "NOANSWER"),
            ("{phone: \"+33100000001\", failed: sorry}", ["dial busy"], "busy"),
            ("{phone: \"+33100000001\", failed: sorry}", ["error no credit"], "no credit"),
            ("{phone: \"0981000\", failed: sorry}", [], "begin with +"),
            ("{extension: \"204\", failed: sorry}", [], "not to extension"),
        ]
    )
    func refusedTransfer(step: String, events: [String], words: String) async throws {
        let played = try await play(
            "sections: {begin: [{transfer: \(step)}], sorry: [{say: Sorry.}]}",
            events
        )
        #expect(played.commands.suffix(2) == [#"play {"media_id":"TTS|TTS_EN-GB_SERENA|Sorry."}"#, "hangup {}"])
        #expect(played.reports.others.contains { $0.contains("the transfer was refused") && $0.contains(words) })
    }

    @Test("the caller may leave at any command; nothing is done behind it", arguments: [0, 1])
    func leaves(count: Int) async throws {
        let yaml = "sections: {begin: [{menu: {say: One?, keys: {1: next}}}, {record: {into: file}}, {say: On.}]}"
        let events = [["leaves"], ["keys 1", "leaves"]][count]
        let played = try await play(yaml, events)
        #expect(played.platform.carried.last?.name == ["read", "record"][count])
        #expect(!played.platform.wasHungUp)
        #expect(played.reports.others == [])
    }

    /// Takes messages, or refuses them.
    final class Messages: MessageSending {
        struct Refused: Error {}

        private let kept = Mutex<[TextMessage]>([])
        let accepts: Bool

        init(accepts: Bool) { self.accepts = accepts }

        var all: [TextMessage] { kept.withLock { $0 } }

        func send(_ message: TextMessage) async throws -> SentMessage {
            kept.withLock { $0.append(message) }
            guard accepts else { throw Refused() }
            return SentMessage(id: "S1")
        }
    }

    @Test("a message goes out through the account, and leads on as on any call", arguments: [true, false])
    func message(accepts: Bool) async throws {
        let yaml = """
            sections:
              begin:
                - sms: {to: "098100 00003", text: "Hi {{call.from}}", into: id, failed: sorry}
                - say: "Sent {{id}}."
                - hang_up
              sorry: [{say: Sorry.}]
            """
        let (messages, reports) = (Messages(accepts: accepts), FlowReports())
        let flow = try load(yaml, messages: messages, reports: reports) { settings in
            settings.messagesKey = Secret("k3y")
            settings.numbering = .india
        }
        let realTime = CALLRRealTime(flow, sleep: HeldClock().sleep)
        var platform = CALLRPlatform { body in
            let reply = await realTime.answer(ReceivedHTTPRequest(method: "POST", path: "/", body: body))
            return (reply.status, reply.body)
        }
        await platform.run()
        #expect(platform.violations == [])
        #expect(messages.all == [TextMessage(to: "+919810000003", text: "Hi +33678912345")])
        let said = accepts ? "Sent S1." : "Sorry."
        #expect(platform.carried.first?.parameters == #"{"media_id":"TTS|TTS_EN-GB_SERENA|\#(said)"}"#)
        #expect(reports.others.isEmpty == accepts)
        #expect(!reports.others.contains { $0.contains("9810000003") })
    }

    /// Answers once the clock has gone on.
    struct SlowServer: HTTPClient {
        let clock: HeldClock
        let time: Duration

        func send(_ request: HTTPRequest) async throws -> HTTPResponse {
            try await clock.sleep(for: time)
            return HTTPResponse(status: 200, body: HTTPBody([Array(#"{"day": "Monday"}"#.utf8)]))
        }
    }

    @Test("a request that takes longer than CALLR waits costs the caller seconds, not the call")
    func slowRequest() async throws {
        let yaml = """
            sections:
              begin:
                - request: {url: "https://example.net/", into: {day: day}, timeout: 30s, failed: hang_up}
                - say: "{{day}}"
            """
        let clock = HeldClock()
        let flow = try load(yaml, client: SlowServer(clock: clock, time: .seconds(11)))
        let realTime = CALLRRealTime(flow, sleep: clock.sleep)
        var platform = CALLRPlatform(clock: clock) { body in
            let ticker = Task { await clock.advanceToNext(whenAsleep: [.seconds(4), .seconds(11)]) }
            let reply = await realTime.answer(ReceivedHTTPRequest(method: "POST", path: "/", body: body))
            ticker.cancel()
            return (reply.status, reply.body)
        }
        await platform.run()
        #expect(platform.violations == [])
        #expect(platform.waitCount == 2)
        #expect(platform.carried.first?.parameters == #"{"media_id":"TTS|TTS_EN-GB_SERENA|Monday"}"#)
    }

    static let objections: [(steps: String, fault: String)] = [
        (
            "[{say: Hi.}, {detect: {human: next}}]",
            "2:24: sections.begin[1].detect: needs the call's audio, and CALLR carries none; take the step out"
        ),
        (
            "[{background: {prompt: connecting}}]",
            "2:12: sections.begin[0].background: needs the call's audio, and CALLR carries none; take the step out"
        ),
        (
            "[{hand_over: {bot: echo}}]",
            "2:12: sections.begin[0].hand_over: bot echo needs audio; CALLR carries none: use a flow"
        ),
        (
            "[{sms: {to: \"+331\", text: Hi, failed: hang_up}}]",
            "2:12: sections.begin[0].sms: needs an account for messages; set the receiver's option `messages_key`"
        ),
    ]

    @Test("steps that need audio are refused, with the line and what to do", arguments: objections)
    func refusedSteps(steps: String, fault: String) throws {
        let error = #expect(throws: ConfigurationError.self) { try load("sections:\n  begin: \(steps)\n") }
        #expect(error?.faults.map(\.description) == [fault])
    }

    @Test("a text needs a voice, and a flow of sounds none")
    func voice() throws {
        let error = #expect(throws: ConfigurationError.self) {
            try load("sections: {begin: [{say: Hello.}]}") { $0.voice = nil }
        }
        #expect("\(error as Any)".contains("set the receiver's option `voice`"))
        _ = try load("sections: {begin: [{play: {prompt: goodbye}}]}") { $0.voice = nil }
        _ = try load("sections: {begin: [{say: {text: Bonjour., language: fr-FR}}]}") { settings in
            settings.voice = nil
            settings.voices = ["fr-FR": "TTS_FR-FR_AUDREY"]
        }
    }

    @Test(
        "what CALLR does otherwise is said when the file is read",
        arguments: [
            ("{transfer: {phones: [\"+331\", \"+332\"]}}", "rings one after the other"),
            ("{transfer: {flow: x}}", "leads to `failed` on CALLR"),
            ("{record: {into: file, terminator: 5}}", "ends with # on CALLR"),
        ]
    )
    func warned(step: String, words: String) throws {
        let reports = FlowReports()
        _ = try load("sections: {begin: [\(step)]}", reports: reports)
        #expect(reports.others.count == 1)
        #expect(reports.others.allSatisfy { $0.contains(words) && $0.contains("flow.yaml:1:") })
    }
}

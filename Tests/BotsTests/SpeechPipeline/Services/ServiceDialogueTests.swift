// SPDX-License-Identifier: Apache-2.0

import CallSession
import OutboundHTTP
import TestSupport
import Testing
import VoiceBridge
import VoiceBridgeTesting

@testable import Bots

/// Whole calls of a pipeline whose parts are services, in virtual time.
@Suite("A pipeline of services") struct ServiceDialogueTests {
    let clock = VirtualPipelineClock()

    private func scene(
        _ twin: ServiceTwin,
        speech: [ClosedRange<Double>],
        digits: String = "",
        seconds: Int = 14,
        settings configure: (inout SpeechPipelineSettings) -> Void = { _ in }
    ) throws -> PipelineScene {
        let client = TwinClient(twin: twin)
        var chat = ChatCompletionsTests.settings(.twin())
        chat.greeting = "Hello there."
        return try PipelineScene(
            clock: clock,
            recognizer: TranscriptionEndpointRecognizer(TranscriptionEndpointTests.settings(.twin()), client: client),
            generator: ChatCompletionsGenerator(chat, client: client),
            synthesizer: SpeechEndpointSynthesizer(SpeechEndpointTests.settings(.twin()), client: client),
            settings: configure,
            speech: speech,
            digits: digits,
            seconds: seconds
        )
    }

    /// 100 ms of speech for each character.
    private static func speech(_ text: String) -> ServiceTwin.Answer {
        .samples([Int16](repeating: ScriptedSynthesizer.level(of: text), count: text.count * 2_400))
    }

    @Test("Hears, answers, takes a key and connects, and nothing that it asks is refused")
    func dialogue() throws {
        let twin = ServiceTwin { request, number in
            switch request.path {
            case "/v1/audio/transcriptions": return .transcript(["Who are you?", "Sales, please."][number])
            case "/v1/audio/speech": return Self.speech(request.texts["input"] ?? "")
            default:
                let last = request.messages.last ?? ""
                if last.contains("Sales") {
                    return .chat(
                        ["One ", "moment."],
                        tools: [.init(name: "transfer", arguments: [#"{"destination":"sales"}"#])]
                    )
                }
                return .chat(last.contains("key 5") ? ["That was five."] : ["I am a bot", ". Ask me anything."])
            }
        }
        let scene = try scene(twin, speech: [2.0...3.0, 11.0...12.0], digits: "5@7.5", seconds: 18)
        #expect(twin.refusals == [])
        #expect(
            scene.events == [
                "said: Hello there.", "heard: Who are you?", "said: I am a bot. Ask me anything.",
                "said: That was five.", "heard: Sales, please.", "said: One moment.", "transfers: phone",
            ]
        )
        #expect(scene.result.commands.last?.type == "session.transfer")
        #expect(scene.result.endedBy == .bot)
        #expect(scene.result.violations == [])
        let chats = twin.requests.filter { $0.path == "/v1/chat/completions" }
        #expect(
            chats.last?.messages.dropFirst() == [
                "assistant: Hello there.", "user: Who are you?",
                "assistant: I am a bot. Ask me anything.\nThat was five.", "user: Sales, please.",
            ]
        )
        #expect(clock.nextDeadline == nil)
    }

    @Test(
        "A caller who speaks on ends the exchange, in whatever stage it is",
        arguments: ["/v1/audio/transcriptions", "/v1/chat/completions", "/v1/audio/speech"],
        [true, false]
    )
    func interrupted(path: String, isSilent: Bool) throws {
        let stuck: LoopbackHTTPServer.Reply
        switch path {
        case _ where isSilent: stuck = .silence
        case "/v1/chat/completions": stuck = ServiceTwin.events(ServiceTwin.chunks(["Well"]).dropLast(2), end: .hangs)
        case "/v1/audio/speech": stuck = .init(200, [("Content-Type", "audio/pcm")], [[0, 0, 0]], end: .hangs)
        default: stuck = .init(200, [("Content-Type", "application/json")], [Array(#"{"te"#.utf8)], end: .hangs)
        }
        let twin = ServiceTwin { request, number in
            // Greeting and apology are spoken before.
            let isFirst = path == "/v1/audio/speech" ? request.texts["input"] == "You said: first." : number == 0
            if request.path == path, isFirst { return .reply(stuck) }
            switch request.path {
            case "/v1/audio/transcriptions": return .transcript(number == 0 ? "First." : "Second.")
            case "/v1/audio/speech": return Self.speech(request.texts["input"] ?? "")
            default:
                return .chat(["You said: ", request.messages.last?.contains("Second") == true ? "second." : "first."])
            }
        }
        let scene = try scene(twin, speech: [2.0...3.0, 5.0...6.0])
        #expect(twin.refusals == [])
        #expect(twin.abandoned == 1)
        let first = path == "/v1/audio/transcriptions" ? [] : ["heard: First."]
        #expect(scene.events == ["said: Hello there."] + first + ["heard: Second.", "said: You said: second."])
        #expect(scene.times(of: "You said: first.") == nil)
        #expect(scene.result.violations == [])
    }

    @Test("A caller who pauses was answered ahead; when the caller goes on, that answer is let go unheard")
    func ahead() throws {
        let twin = ServiceTwin { request, number in
            switch request.path {
            case "/v1/audio/transcriptions": .transcript(number == 0 ? "I want" : "I want blue.")
            case "/v1/audio/speech": Self.speech(request.texts["input"] ?? "")
            default: .chat([request.messages.last?.contains("blue") == true ? "Blue it is." : "What do you want?"])
            }
        }
        let scene = try scene(twin, speech: [2.0...2.6, 3.15...3.8])
        #expect(scene.events == ["said: Hello there.", "heard: I want blue.", "said: Blue it is."])
        let chats = twin.requests.filter { $0.path == "/v1/chat/completions" }
        #expect(chats.compactMap(\.messages.last) == ["user: I want", "user: I want blue."])
        #expect(scene.times(of: "What do you want?") == nil)
        #expect(twin.refusals == [])
    }

    @Test("A service that is late or down costs a turn, and the next one is answered", arguments: [true, false])
    func down(isSilent: Bool) throws {
        let twin = ServiceTwin { request, number in
            switch request.path {
            case "/v1/audio/transcriptions": return .transcript(number == 0 ? "First." : "Second.")
            case "/v1/audio/speech": return Self.speech(request.texts["input"] ?? "")
            default:
                guard number == 0 else { return .chat(["Here you are."]) }
                return .reply(isSilent ? .silence : .text("{}", status: 500))
            }
        }
        let scene = try scene(twin, speech: [2.0...3.0, 16.0...17.0], seconds: 24) { $0.apology = "Oh dear, sorry." }
        #expect(
            scene.events == [
                "said: Hello there.", "heard: First.", "failed: generator", "heard: Second.", "said: Here you are.",
            ]
        )
        #expect(scene.times(of: "Oh dear, sorry.") != nil)
        #expect(twin.refusals == [])
    }
}

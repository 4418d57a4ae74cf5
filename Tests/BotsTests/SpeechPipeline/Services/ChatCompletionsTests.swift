// SPDX-License-Identifier: Apache-2.0

import OutboundHTTP
import Synchronization
import TestSupport
import Testing
import VoiceBridge

@testable import Bots

@Suite("A generator by chat completions") struct ChatCompletionsTests {
    /// What a reply came to.
    final class Written: Sendable {
        private let state = Mutex<(pieces: [String], actions: [ReplyAction], isProtected: Bool)>(([], [], false))
        var pieces: [String] { state.withLock { $0.pieces } }
        var text: String { pieces.joined() }
        var actions: [ReplyAction] { state.withLock { $0.actions } }
        var isProtected: Bool { state.withLock { $0.isProtected } }

        var writer: ReplyWriter {
            ReplyWriter { text, interruption in
                self.state.withLock { state in
                    state.pieces.append(text)
                    state.isProtected = interruption == .protected
                }
            } act: { action in
                self.state.withLock { $0.actions.append(action) }
            }
        }
    }

    private static func pressed(_ key: Character) throws -> ReplyOccasion { .pressed(try #require(DTMFDigit(key))) }

    static func conversation(
        _ lines: [SpokenConversation.Line] = [],
        parameters: [String: String] = [:]
    ) -> SpokenConversation {
        var start = CallStart(callID: CallID("c"), streamID: "s", platform: "ivr-solutions")
        start.parameters = parameters
        return SpokenConversation(start: start, lines: lines)
    }

    static func settings(_ service: SpeechService) -> ChatCompletionsSettings {
        var settings = ChatCompletionsSettings()
        settings.service = service
        settings.model = "m"
        settings.instructions = "Be kind."
        settings.transfers = ["sales": .phone("123"), "help \"desk\"": .extension("9")]
        return settings
    }

    @Test(
        "The conversation as it was heard becomes messages that take turns",
        arguments: try [
            (.callBegan, [], [:], ["system: Be kind.", "user: (The call has begun. Greet the caller.)"]),
            (
                .said("two"), [.init(.bot, "Hi."), .init(.caller, "one"), .init(.caller, "two")],
                ["system_msg": "Speak of \"tea\".\n", "sttlanguage_code": "hi-IN"],
                [
                    "system: Be kind.\n\nSpeak of \"tea\".\n\n\nThe caller's language is hi-IN.", "assistant: Hi.",
                    "user: one\ntwo",
                ]
            ),
            (
                pressed("#"), [.init(.bot, "Well then, I", isCutOff: true)], [:],
                ["system: Be kind.", "assistant: Well then, I …", "user: (The caller pressed the key #.)"]
            ),
            (
                .notUnderstood, [.init(.caller, "हाँ 😀")], [:],
                ["system: Be kind.", "user: हाँ 😀\n(The caller said something that could not be understood.)"]
            ),
            (
                .silent(times: 2), [.init(.bot, "Hello?")], [:],
                ["system: Be kind.", "assistant: Hello?", "user: (The caller has said nothing for a while.)"]
            ),
        ] as [(ReplyOccasion, [SpokenConversation.Line], [String: String], [String])]
    )
    func messages(
        occasion: ReplyOccasion,
        lines: [SpokenConversation.Line],
        parameters: [String: String],
        expected: [String]
    ) async throws {
        let twin = ServiceTwin { _, _ in .chat(["Fine."]) }
        let generator = ChatCompletionsGenerator(Self.settings(.twin()), client: TwinClient(twin: twin))
        let written = Written()
        try await generator.reply(
            to: occasion,
            in: Self.conversation(lines, parameters: parameters),
            into: written.writer
        )
        #expect(twin.refusals == [])
        #expect(twin.requests.map(\.messages) == [expected])
        #expect(twin.requests.first?.texts["model"] == "m")
        #expect(twin.requests.first?.tools == ["transfer", "help \"desk\"", "sales", "hang_up"])
        #expect(written.text == "Fine.")
    }

    @Test("Words are handed on as they come, however the stream is cut", arguments: Carrier.allCases)
    func streamed(carrier: Carrier) async throws {
        let twin = ServiceTwin { _, _ in .chat(["Good", " day, é", "😀", " and \\\"bye\\\"."]) }
        let written = Written()
        try await carrier.reach(twin) { service, client in
            let generator = ChatCompletionsGenerator(Self.settings(service), client: client)
            try await generator.reply(to: .notUnderstood, in: Self.conversation(), into: written.writer)
        }
        #expect(twin.refusals == [])
        #expect(written.pieces == ["Good", " day, é", "😀", " and \"bye\"."])
        #expect(written.actions == [])
    }

    @Test("The first words are there while the model still thinks about the rest", arguments: Carrier.allCases)
    func early(carrier: Carrier) async throws {
        let twin = ServiceTwin { _, _ in
            .reply(ServiceTwin.events(ServiceTwin.chunks(["Well"]).dropLast(2), end: .hangs))
        }
        let (came, feed) = AsyncStream.makeStream(of: String.self)
        try await carrier.reach(twin) { service, client in
            let generator = ChatCompletionsGenerator(Self.settings(service), client: client)
            let task = Task {
                let writer = ReplyWriter { text, _ in feed.yield(text) }
                try await generator.reply(to: .notUnderstood, in: Self.conversation(), into: writer)
            }
            for await text in came {
                #expect(text == "Well")
                break
            }
            // Who interrupts ends the exchange.
            task.cancel()
            await #expect(throws: CancellationError.self) { try await task.value }
        }
        if carrier == .memory { #expect(twin.abandoned == 1) }
    }

    @Test(
        "Tools become actions, once their arguments are whole",
        arguments: [
            ([ServiceTwin.Tool(name: "hang_up", arguments: ["{}"])], [.hangUp]),
            ([ServiceTwin.Tool(name: "hang_up", arguments: [])], [.hangUp]),
            (
                [ServiceTwin.Tool(name: "transfer", arguments: [#"{"desti"#, #"nation":"sa"#, #"les"}"#])],
                [.transfer(.phone("123"))]
            ),
        ] as [([ServiceTwin.Tool], [ReplyAction])]
    )
    func tools(calls: [ServiceTwin.Tool], expected: [ReplyAction]) async throws {
        let twin = ServiceTwin { _, _ in .chat(["As you wish."], tools: calls) }
        let generator = ChatCompletionsGenerator(Self.settings(.twin()), client: TwinClient(twin: twin))
        let written = Written()
        try await generator.reply(to: .notUnderstood, in: Self.conversation(), into: written.writer)
        #expect(written.text == "As you wish.")
        #expect(written.actions == expected)
    }

    @Test("Words that are given need no model")
    func given() async throws {
        let twin = ServiceTwin { _, _ in .chat(["No."]) }
        var settings = Self.settings(.twin())
        settings.greeting = "Welcome."
        func reply(_ occasion: ReplyOccasion, _ parameters: [String: String] = [:]) async throws -> Written {
            let written = Written()
            let generator = ChatCompletionsGenerator(settings, client: TwinClient(twin: twin))
            try await generator.reply(
                to: occasion,
                in: Self.conversation(parameters: parameters),
                into: written.writer
            )
            return written
        }
        #expect(try await reply(.callBegan).text == "Welcome.")
        #expect(try await reply(.callBegan, ["text": "Namaste."]).text == "Namaste.")
        let farewell = try await reply(.silent(times: 3))
        #expect(farewell.text == settings.farewell && farewell.actions == [.hangUp] && farewell.isProtected)
        settings.greeting = nil
        settings.speaksFirst = false
        #expect(try await reply(.callBegan).pieces == [])
        #expect(twin.requests.isEmpty)
    }

    @Test("What may not be done is not offered")
    func offered() async throws {
        let twin = ServiceTwin { _, _ in .chat(["Yes."]) }
        var settings = Self.settings(.twin())
        settings.transfers = [:]
        settings.mayHangUp = false
        let generator = ChatCompletionsGenerator(settings, client: TwinClient(twin: twin))
        try await generator.reply(to: .notUnderstood, in: Self.conversation(), into: Written().writer)
        #expect(twin.refusals == [])
        #expect(twin.requests.map(\.tools) == [[]])
    }

    @Test(
        "An answer that is none is an error that says why",
        arguments: [
            (
                .reply(.text(#"{"error":{"message":"Incorrect API key provided: \#(ServiceTwin.key)"}}"#, status: 401)),
                "refused_key", "key"
            ),
            (
                .reply(.text(#"{"error":{"message":"Slow\ndown \#(ServiceTwin.key)"}}"#, status: 429)), "too_many",
                "Slow down …"
            ),
            (.reply(.text(#"{"error":"no such model"}"#, status: 404)), "status", "status 404: no such model"),
            (.reply(.text("<html>", status: 500)), "status", "status 500: it does not say why"),
            (.reply(.text("{}", type: "application/json")), "answer", "application/json"),
            (.reply(ServiceTwin.events(["{"])), "answer", "JSON"),
            (.reply(ServiceTwin.events([#"{"error":{"message":"overloaded"}}"#])), "fault", "overloaded"),
            (.reply(ServiceTwin.events(ServiceTwin.chunks(["Well"]).dropLast(2))), "broken_off", "broke off"),
            (.chat([], tools: [.init(name: "format_disk", arguments: [])]), "tool", "format_disk"),
            (.chat([], tools: [.init(name: "transfer", arguments: [#"{"destination":"moon"}"#])]), "tool", "moon"),
            (.chat([], tools: [.init(name: "transfer", arguments: ["{"])]), "tool", "transfers to ''"),
        ] as [(ServiceTwin.Answer, String, String)]
    )
    func faults(answer: ServiceTwin.Answer, word: String, text: String) async throws {
        let twin = ServiceTwin { _, _ in answer }
        let generator = ChatCompletionsGenerator(Self.settings(.twin()), client: TwinClient(twin: twin))
        let error = await #expect(throws: SpeechServiceError.self) {
            try await generator.reply(to: .notUnderstood, in: Self.conversation(), into: Written().writer)
        }
        #expect(error?.shortDescription == word)
        #expect(error?.description.contains(text) == true, "\(error?.description ?? "")")
        #expect(error?.description.contains(ServiceTwin.key) == false)
        #expect(twin.requests.count == 1)
    }

    @Test("A connection that breaks after some words is an error, and the words stay said")
    func breaks() async throws {
        let twin = ServiceTwin { _, _ in
            .reply(ServiceTwin.events(ServiceTwin.chunks(["Well"]).dropLast(2), end: .breaks))
        }
        let generator = ChatCompletionsGenerator(Self.settings(.twin()), client: TwinClient(twin: twin))
        let written = Written()
        await #expect(throws: HTTPClientError.self) {
            try await generator.reply(to: .notUnderstood, in: Self.conversation(), into: written.writer)
        }
        #expect(written.text == "Well")
        #expect(twin.requests.count == 1)
    }

    @Test(
        "A gateway that asks to come again is asked once more, and no other answer is",
        arguments: [502, 503, 504, 500, 429]
    )
    func again(status: Int) async throws {
        let twin = ServiceTwin { _, number in number == 0 ? .reply(.text("", status: status)) : .chat(["Yes."]) }
        let generator = ChatCompletionsGenerator(Self.settings(.twin()), client: TwinClient(twin: twin))
        let written = Written()
        try? await generator.reply(to: .notUnderstood, in: Self.conversation(), into: written.writer)
        let isAsked = (502...504).contains(status)
        #expect(twin.requests.count == (isAsked ? 2 : 1))
        #expect(written.text == (isAsked ? "Yes." : ""))
    }
}

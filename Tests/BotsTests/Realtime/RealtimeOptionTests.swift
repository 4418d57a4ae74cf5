// SPDX-License-Identifier: Apache-2.0

import CallModel
import Testing

@testable import Bots

@Suite("Options of the realtime bot") struct RealtimeOptionTests {
    private let local = BotOptions(["url": .text("ws://127.0.0.1:1/v1/realtime")])

    @Test("The defaults of the options are those of the settings")
    func defaults() throws {
        var options = BotOptions()
        for option in BuiltInBots.realtime.options { options[option.name] = option.defaultValue }
        let settings = try RealtimeOptions.settings(options, environment: ["OPENAI_API_KEY": "k"])
        var wanted = RealtimeSettings()
        wanted.apiKey = Secret("k")
        #expect("\(settings)" == "\(wanted)")
        #expect(settings.apiKey == wanted.apiKey)
    }

    @Test("The environment's key goes to OpenAI's own service only; an option stands over it")
    func keys() throws {
        let environment = ["OPENAI_API_KEY": "k"]
        #expect(try RealtimeOptions.settings(local, environment: environment).apiKey == nil)
        #expect(try RealtimeOptions.settings(BotOptions(), environment: environment).apiKey == Secret("k"))
        let given = BotOptions(["api_key": .secret(Secret("mine"))])
        #expect(try RealtimeOptions.settings(given, environment: environment).apiKey == Secret("mine"))
        let error = #expect(throws: RealtimeError.self) { try RealtimeOptions.settings(BotOptions(), environment: [:]) }
        #expect(error?.description.contains("OPENAI_API_KEY") == true)
    }

    @Test("Every option reaches its setting")
    func all() throws {
        let settings = try RealtimeOptions.settings(
            BotOptions([
                "url": .text("wss://example.org/rt"), "model": .text(""), "key_header": .text("api-key"),
                "headers": .map(["X-A": "b"]), "trusted_certificates": .text("ca.pem"), "events": .text("beta"),
                "audio": .text("pcm"), "linear_rate": .text("16000"), "connect_timeout": .duration(.seconds(1)),
                "answer_timeout": .duration(.seconds(2)), "reconnect_patience": .duration(.seconds(3)),
                "session_age": .duration(.seconds(60)), "voice": .text("v"), "instructions": .text("i"),
                "greeting": .text("g"), "speaks_first": .flag(false), "language": .text("hi"),
                "transcription": .text(""), "turn_detection": .text("local"), "turn_silence": .duration(.seconds(1)),
                "maximum_tokens": .integer(9), "maximum_answer": .duration(.seconds(8)),
                "digit_pause": .duration(.seconds(7)),
            ]),
            environment: [:]
        )
        #expect(settings.url == "wss://example.org/rt")
        #expect(settings.model == nil)
        #expect(settings.keyHeader == "api-key")
        #expect(settings.headers == ["X-A": "b"])
        #expect(settings.trustedCertificates == "ca.pem")
        #expect(settings.eventNames == .beta)
        #expect(settings.audio == .linear)
        #expect(settings.linearRate == 16_000)
        #expect(settings.connectTimeout == .seconds(1))
        #expect(settings.answerTimeout == .seconds(2))
        #expect(settings.reconnectPatience == .seconds(3))
        #expect(settings.sessionAge == .seconds(60))
        #expect(settings.voice == "v")
        #expect(settings.instructions == "i")
        #expect(settings.greeting == "g")
        #expect(!settings.speaksFirst)
        #expect(settings.language == "hi")
        #expect(settings.transcriptionModel == nil)
        #expect(settings.turnDetection == .local)
        #expect(settings.localSilence == .seconds(1))
        #expect(settings.maximumTokens == 9)
        #expect(settings.maximumAnswer == .seconds(8))
        #expect(settings.digitPause == .seconds(7))
    }

    @Test("A threshold is told in per cent")
    func threshold() throws {
        var options = local
        options["turn_threshold"] = .integer(80)
        options["turn_silence"] = .duration(.milliseconds(700))
        let settings = try RealtimeOptions.settings(options, environment: [:])
        #expect(settings.turnDetection == .server(threshold: 0.8, silence: .milliseconds(700)))
    }

    @Test(
        "Places to transfer to are one word each",
        arguments: [
            ("09810000003", TransferTarget.phone("09810000003")), ("+91 98-1", .phone("+91 98-1")),
            ("extension:204", .extension("204")), ("flow:night", .flow("night")),
            ("sip:a@b", .sip(uri: "sip:a@b")), ("wss://bot.example/x", .bot(url: "wss://bot.example/x")),
        ]
    )
    func places(text: String, target: TransferTarget) throws {
        #expect(try RealtimeOptions.target(text, "sales") == target)
    }

    @Test("What is no place, and what is no tool, is said", arguments: ["", "+", "sales desk", "https://x"])
    func noPlaces(text: String) {
        #expect(throws: RealtimeError.self) { try RealtimeOptions.target(text, "sales") }
        #expect(throws: RealtimeError.self) { try RealtimeOptions.tools(BotOptions(["tools": .list([text])])) }
    }

    @Test("A bot is made of options, and a header that cannot be sent is refused")
    func made() throws {
        #expect(throws: Never.self) { try BuiltInBots.makeRealtime(local) }
        var options = local
        options["headers"] = .map(["X-A": "b\r\nEvil: c"])
        #expect(throws: RealtimeError.self) { try BuiltInBots.makeRealtime(options) }
    }
}

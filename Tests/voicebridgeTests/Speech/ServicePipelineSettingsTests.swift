// SPDX-License-Identifier: Apache-2.0
import Bots
import CallModel
import Testing

@testable import voicebridge

@Suite("Options of speech-pipeline")
struct ServicePipelineSettingsTests {
    private static let environment = ["OPENAI_API_KEY": "sk-environment"]

    private func settings(
        _ options: [String: BotOptionValue],
        environment: [String: String] = environment
    ) throws -> ServicePipelineSettings {
        try ServicePipelineSettings(BotOptions(options), environment: environment)
    }

    @Test("without any, they are OpenAI's service with the key of the environment")
    func defaults() throws {
        let settings = try settings([:])
        for service in [settings.recognizer.service, settings.generator.service, settings.synthesizer.service] {
            #expect(service.url == "https://api.openai.com/v1")
            #expect(service.apiKey == Secret("sk-environment"))
        }
    }

    @Test("a key of the options stands over the environment's, and the environment's goes to OpenAI alone")
    func keys() throws {
        let own = try settings(["api_key": .secret(Secret("sk-own"))])
        #expect(own.generator.service.apiKey == Secret("sk-own"))
        let local = try settings(["url": .text("http://127.0.0.1:11434/v1")])
        #expect(local.generator.service.apiKey == nil)
        #expect(throws: SpeechOptionError.self) { try self.settings([:], environment: [:]) }
        #expect(throws: SpeechOptionError.self) { try self.settings([:], environment: ["OPENAI_API_KEY": ""]) }
    }

    @Test(
        "another host gets neither key nor header fields",
        arguments: [
            ("https://api.openai.com/v2", true), ("https://API.openai.com/v1/", true),
            ("https://api.openai.com:8443/v1", false), ("http://api.openai.com/v1", false),
            ("https://voice.example/v1", false), ("https://api.openai.com.example/v1", false),
        ]
    )
    func hosts(url: String, isSame: Bool) throws {
        let options: [String: BotOptionValue] = [
            "voice_url": .text(url), "recognizer_url": .text(url), "headers": .map(["X-Project": "p"]),
        ]
        let settings = try settings(options)
        for service in [settings.recognizer.service, settings.synthesizer.service] {
            #expect(service.url == url)
            #expect((service.apiKey == Secret("sk-environment")) == isSame)
            #expect(service.headers == (isSame ? ["X-Project": "p"] : [:]))
        }
        #expect(settings.generator.service.headers == ["X-Project": "p"])
    }

    @Test("every option reaches its part")
    func parts() throws {
        let settings = try settings([
            "recognizer_model": .text("whisper"), "language": .text("hi"), "model": .text("llama"),
            "instructions": .text("Be brief."), "greeting": .text("Hello."), "voice_model": .text("kokoro"),
            "voice": .text("af_sky"), "voice_rate": .text("16000"),
        ])
        #expect(settings.recognizer.model == "whisper" && settings.recognizer.language == "hi")
        #expect(settings.generator.model == "llama" && settings.generator.instructions == "Be brief.")
        #expect(settings.generator.greeting == "Hello.")
        #expect(settings.synthesizer.model == "kokoro" && settings.synthesizer.voice == "af_sky")
        #expect(settings.synthesizer.sampleRate == 16_000)
    }

    @Test(
        "a transfer is a number, or says what else it is",
        arguments: [
            ("+91 98100-00003", .phone("+91 98100-00003")), ("extension:204", .extension("204")),
            ("flow:night", .flow("night")), ("wss:b", nil), ("sip:a@b.example", .sip(uri: "sip:a@b.example")),
            ("wss://b.example/v1", .bot(url: "wss://b.example/v1")), ("somebody", nil), ("", nil), ("١٢٣", nil),
        ] as [(String, TransferTarget?)]
    )
    func transfers(text: String, target: TransferTarget?) throws {
        let options: [String: BotOptionValue] = ["transfers": .map(["there": .init(text)])]
        guard let target else {
            let error = #expect(throws: SpeechOptionError.self) { try self.settings(options) }
            #expect(error?.description.contains("'\(text)'") == true)
            return
        }
        #expect(try settings(options).generator.transfers == ["there": target])
    }

    @Test(
        "what is no URL is refused, by its name",
        arguments: ["url", "recognizer_url", "voice_url"],
        ["", "ftp://h/", "host", "http://"]
    )
    func urls(option: String, url: String) {
        let error = #expect(throws: SpeechOptionError.self) { try self.settings([option: .text(url)]) }
        #expect(error?.description.contains("`\(option)`") == true)
    }
}

// SPDX-License-Identifier: Apache-2.0
import Bots
import CallModel
import Foundation
import VoiceBridge

/// The three parts of `speech-pipeline`, as a route's options ask for them.
struct ServicePipelineSettings {
    var recognizer = TranscriptionEndpointSettings()
    var generator = ChatCompletionsSettings()
    var synthesizer = SpeechEndpointSettings()

    init(_ options: BotOptions, environment: [String: String]) throws(SpeechOptionError) {
        var service = SpeechService()
        let own = service.url
        service.url = options.text("url") ?? own
        service.headers = options.map("headers") ?? [:]
        service.apiKey = options.secret("api_key")
        if service.apiKey == nil, service.url == own {
            guard let key = environment[ServicePipeline.keyVariable], !key.isEmpty else {
                throw SpeechOptionError(
                    "OpenAI's service needs an `api_key`; give one, or set \(ServicePipeline.keyVariable)"
                )
            }
            service.apiKey = Secret(key)
        }
        generator.service = try Self.service("url", options, like: service)
        recognizer.service = try Self.service("recognizer_url", options, like: service)
        recognizer.model = options.text("recognizer_model") ?? recognizer.model
        recognizer.language = options.text("language")
        generator.model = options.text("model") ?? generator.model
        generator.instructions = options.text("instructions") ?? generator.instructions
        generator.greeting = options.text("greeting")
        for (name, text) in options.map("transfers") ?? [:] {
            guard let target = TransferTarget(option: text) else {
                throw SpeechOptionError(
                    "`transfers`: '\(text)' of \(name) is no place; give a number, extension:204, flow:NAME, sip:URI or wss://URL"
                )
            }
            generator.transfers[name] = target
        }
        synthesizer.service = try Self.service("voice_url", options, like: service)
        synthesizer.model = options.text("voice_model") ?? synthesizer.model
        synthesizer.voice = options.text("voice") ?? synthesizer.voice
        synthesizer.sampleRate = options.text("voice_rate").flatMap { Int($0) } ?? synthesizer.sampleRate
    }

    /// The service at an option's URL; another host gets neither key nor header fields.
    private static func service(
        _ option: String,
        _ options: BotOptions,
        like service: SpeechService
    ) throws(SpeechOptionError) -> SpeechService {
        var result = service
        result.url = options.text(option) ?? service.url
        guard let url = URL(string: result.url), ["http", "https"].contains(url.scheme?.lowercased()),
            let host = url.host, !host.isEmpty
        else { throw SpeechOptionError("`\(option)` is no URL; write https://HOST/v1 or the like") }
        if origin(of: url) != URL(string: service.url).map(origin) {
            result.apiKey = nil
            result.headers = [:]
        }
        return result
    }

    private static func origin(of url: URL) -> [String] {
        [url.scheme?.lowercased() ?? "", url.host?.lowercased() ?? "", "\(url.port ?? 0)"]
    }
}

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
        service.apiKey = options.secret("key")
        if service.apiKey == nil, service.url == own {
            guard let key = environment[ServicePipeline.keyVariable], !key.isEmpty else {
                throw SpeechOptionError(
                    "OpenAI's service needs a `key`; give one, or set \(ServicePipeline.keyVariable)"
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
        for (name, text) in options.map("transfers") ?? [:] { generator.transfers[name] = try Self.target(text) }
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

    private static func target(_ text: String) throws(SpeechOptionError) -> TransferTarget {
        let kinds: [(prefix: String, make: (String) -> TransferTarget)] = [
            ("extension:", { .extension(String($0.dropFirst(10))) }), ("flow:", { .flow(String($0.dropFirst(5))) }),
            ("sip:", { .sip(uri: $0) }), ("sips:", { .sip(uri: $0) }), ("wss:", { .bot(url: $0) }),
        ]
        if let kind = kinds.first(where: { text.hasPrefix($0.prefix) }) { return kind.make(text) }
        guard text.contains(where: \.isNumber), text.allSatisfy({ $0.isASCII && ($0.isNumber || "+- ()".contains($0)) })
        else {
            throw SpeechOptionError(
                "`transfers` has '\(text)', which is no number; write extension:N, flow:ID, sip: or wss:"
            )
        }
        return .phone(text)
    }
}

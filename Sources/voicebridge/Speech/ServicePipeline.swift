// SPDX-License-Identifier: Apache-2.0
import Bots
import CallModel
import Foundation
import Logging
import OutboundHTTP
import VoiceBridge

/// The bot `speech-pipeline`: a recognizer, a language model and a voice behind OpenAI's HTTP interface, or one like it.
enum ServicePipeline {
    /// The environment variable with the key of OpenAI's own service.
    static let keyVariable = "OPENAI_API_KEY"

    static let description = BotDescription(
        name: "speech-pipeline",
        summary: "holds a spoken conversation by services with OpenAI's HTTP interface, or one like it",
        options: [
            text("url", SpeechService().url, "where the interface's paths begin, on OpenAI's service or one like it"),
            BotOption(
                name: "api_key",
                kind: .secret,
                summary: "its key; for OpenAI's own, \(keyVariable) of the environment else"
            ),
            BotOption(name: "headers", kind: .map, summary: "further header fields of every request"),
            text("recognizer_url", nil, "where the recognizer is, if elsewhere; it gets the key only on the same host"),
            text("recognizer_model", TranscriptionEndpointSettings().model, "the recognizer's name"),
            text("language", nil, "the callers' language as ISO 639-1, when the platform sends none"),
            text("model", ChatCompletionsSettings().model, "the language model's name"),
            text("instructions", nil, "what the model is told about its task"),
            text("greeting", nil, "what is said first; the model finds words unless given"),
            BotOption(
                name: "transfers",
                kind: .map,
                summary: "places to connect to, by name: a number, extension:204, flow:NAME, sip:URI, wss://URL"
            ),
            text("voice_url", nil, "where the voice is, if elsewhere; it gets the key only on the same host"),
            text("voice_model", SpeechEndpointSettings().model, "the voice's model"),
            text("voice", SpeechEndpointSettings().voice, "the voice's name"),
            BotOption(
                name: "voice_rate",
                kind: .choice(["8000", "16000", "24000", "48000"]),
                default: .text("24000"),
                summary: "rate in hertz of the bare samples that the voice sends"
            ),
            SpeechOptions.silence, SpeechOptions.logsWords,
        ]
    )

    private static func text(_ name: String, _ value: String?, _ summary: String) -> BotOption {
        BotOption(name: name, kind: .text, default: value.map { .text($0) }, summary: summary)
    }

    /// Makes the bot.
    ///
    /// - Parameters:
    ///   - options: the route's.
    ///   - client: carries the requests; nil for a client of its own.
    ///   - environment: where the key may be.
    ///   - logger: is told what happens.
    /// - Returns: the bot.
    /// - Throws: ``SpeechOptionError`` when an option cannot be, or the key is missing.
    static func make(
        _ options: BotOptions,
        client: (any HTTPClient)?,
        environment: [String: String] = ProcessInfo.processInfo.environment,
        logger: Logger?
    ) throws -> any ConversationHandler {
        let client = client ?? URLSessionClient()
        let settings = try ServicePipelineSettings(options, environment: environment)
        return SpeechPipelineBot(
            recognizer: TranscriptionEndpointRecognizer(settings.recognizer, client: client),
            generator: ChatCompletionsGenerator(settings.generator, client: client),
            synthesizer: SpeechEndpointSynthesizer(settings.synthesizer, client: client),
            settings: SpeechOptions.settings(options, logger: logger)
        )
    }
}

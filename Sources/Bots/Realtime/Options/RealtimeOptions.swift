// SPDX-License-Identifier: Apache-2.0

import VoiceBridge

/// The options of the bot `realtime`, as a configuration has them.
enum RealtimeOptions {
    /// The environment's variable with the key of OpenAI's own service.
    static let keyVariable = "OPENAI_API_KEY"

    private static let standard = RealtimeSettings()

    private static func option(
        _ name: String,
        _ kind: BotOption.Kind,
        _ defaultValue: BotOptionValue? = nil,
        _ summary: String
    ) -> BotOption {
        BotOption(name: name, kind: kind, default: defaultValue, summary: summary)
    }

    /// Where the service is, and how it is spoken to.
    static let service = [
        option("url", .text, .text(standard.url), "WebSocket URL of the service"),
        option("model", .text, .text(standard.model ?? ""), "the model, for the URL's query; empty sends none"),
        option("api_key", .secret, nil, "key of the service; for OpenAI's own, \(keyVariable) of the environment else"),
        option(
            "key_header",
            .text,
            .text(standard.keyHeader),
            "header of the key; in Authorization it is a bearer token"
        ),
        option("headers", .map, nil, "further headers of the opening request"),
        option("trusted_certificates", .file, nil, "PEM file of authorities to trust in place of the system's"),
        option(
            "events",
            .choice(RealtimeSettings.EventNames.allCases.map(\.rawValue)),
            .text(standard.eventNames.rawValue),
            "names and shapes that are sent; both are understood"
        ),
        option(
            "audio",
            .choice(RealtimeSettings.Audio.allCases.map(\.rawValue)),
            .text(standard.audio.rawValue),
            "audio of the session; auto is the call's own G.711, or else linear PCM"
        ),
        option(
            "linear_rate",
            .choice(["24000", "16000", "8000"]),
            .text("\(standard.linearRate)"),
            "samples per second of linear PCM; OpenAI takes 24000 only"
        ),
        option(
            "connect_timeout",
            .duration(.seconds(1) ... .seconds(30)),
            .duration(standard.connectTimeout),
            "how long connecting may take"
        ),
        option(
            "answer_timeout",
            .duration(.seconds(1) ... .seconds(60)),
            .duration(standard.answerTimeout),
            "how long the service may take to begin an answer, or to go on with it"
        ),
        option(
            "reconnect_patience",
            .duration(.seconds(1) ... .seconds(300)),
            .duration(standard.reconnectPatience),
            "how long a lost service is tried again before the call is given up"
        ),
        option(
            "session_age",
            .duration(.seconds(10) ... .seconds(3_540)),
            .duration(standard.sessionAge),
            "age at which a session is replaced, between two turns"
        ),
    ]

    /// What the model is told, and how turns are taken.
    static let conversation = [
        option("voice", .text, nil, "voice of the model"),
        option(
            "instructions",
            .text,
            .text(standard.instructions),
            "the model's task; the platform's system_msg is added"
        ),
        option(
            "greeting",
            .text,
            nil,
            "first words, unless the platform sends some; without any the model finds its own"
        ),
        option("speaks_first", .flag, .flag(standard.speaksFirst), "whether the bot greets"),
        option("language", .text, nil, "the caller's language (BCP 47), unless the platform tells it"),
        option(
            "transcription",
            .text,
            .text(standard.transcriptionModel ?? ""),
            "model that writes down the caller's words; empty for none"
        ),
        option(
            "turn_detection",
            .choice(["server", "semantic", "local"]),
            .text("server"),
            "who finds the turns: the service by loudness or by sense, or this server"
        ),
        option(
            "turn_threshold",
            .integer(1...99),
            .integer(50),
            "per cent, how sure the service must be that it hears speech"
        ),
        option(
            "turn_silence",
            .duration(.milliseconds(100) ... .seconds(5)),
            .duration(.milliseconds(500)),
            "silence that ends a turn, unless the model goes by sense"
        ),
        option("maximum_tokens", .integer(1...1_000_000), nil, "most tokens of an answer"),
        option(
            "maximum_answer",
            .duration(.seconds(1) ... .seconds(280)),
            .duration(standard.maximumAnswer),
            "most audio of an answer; more is cut"
        ),
        option(
            "digit_pause",
            .duration(.milliseconds(100) ... .seconds(10)),
            .duration(standard.digitPause),
            "how long keys are gathered before the model is told of them; # ends the wait"
        ),
    ]

    /// What the model may do.
    static let tools = [
        option(
            "tools",
            .list,
            .list(["end_call"]),
            "what the model may do besides the following: end_call, hang_up, send_digits"
        ),
        option(
            "transfers",
            .map,
            nil,
            "places to connect to, by name: a number, extension:204, flow:NAME, sip:URI, wss://URL"
        ),
        option("recordings", .map, nil, "WAV files that the model may play, by name"),
    ]
}

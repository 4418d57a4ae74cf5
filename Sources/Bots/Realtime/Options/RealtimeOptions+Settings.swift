// SPDX-License-Identifier: Apache-2.0

import VoiceBridge
import WebSocketWire

// From checked options to settings.
extension RealtimeOptions {
    /// The settings that options come to.
    ///
    /// - Parameters:
    ///   - options: the checked options.
    ///   - environment: where OpenAI's key is looked for when there is none among the options; it goes to no other host.
    /// - Returns: the settings.
    /// - Throws: ``RealtimeError`` when OpenAI's service is asked for without a key.
    static func settings(
        _ options: BotOptions,
        environment: [String: String]
    ) throws(RealtimeError) -> RealtimeSettings {
        var settings = RealtimeSettings()
        readService(options, into: &settings)
        readConversation(options, into: &settings)
        settings.apiKey = options.secret("api_key")
        let isOwnService = (try? WebSocketURL(settings.url))?.host == "api.openai.com"
        if settings.apiKey == nil, isOwnService {
            guard let key = environment[keyVariable], !key.isEmpty else {
                throw RealtimeError(
                    .settings,
                    "api_key: there is none for OpenAI's service; give one, or set \(keyVariable) in the environment"
                )
            }
            settings.apiKey = Secret(key)
        }
        return settings
    }

    private static func readService(_ options: BotOptions, into settings: inout RealtimeSettings) {
        settings.url = options.text("url") ?? settings.url
        settings.model = options.text("model").map { $0.isEmpty ? nil : $0 } ?? settings.model
        settings.keyHeader = options.text("key_header") ?? settings.keyHeader
        settings.headers = options.map("headers") ?? [:]
        settings.trustedCertificates = options.text("trusted_certificates")
        settings.eventNames = options.text("events").flatMap { .init(rawValue: $0) } ?? settings.eventNames
        settings.audio = options.text("audio").flatMap { .init(rawValue: $0) } ?? settings.audio
        settings.linearRate = options.text("linear_rate").flatMap { Int($0) } ?? settings.linearRate
        settings.connectTimeout = options.duration("connect_timeout") ?? settings.connectTimeout
        settings.answerTimeout = options.duration("answer_timeout") ?? settings.answerTimeout
        settings.reconnectPatience = options.duration("reconnect_patience") ?? settings.reconnectPatience
        settings.sessionAge = options.duration("session_age") ?? settings.sessionAge
    }

    private static func readConversation(_ options: BotOptions, into settings: inout RealtimeSettings) {
        settings.voice = options.text("voice")
        settings.instructions = options.text("instructions") ?? settings.instructions
        settings.greeting = options.text("greeting")
        if options["speaks_first"] != nil { settings.speaksFirst = options.flag("speaks_first") }
        settings.language = options.text("language")
        settings.transcriptionModel =
            options.text("transcription").map { $0.isEmpty ? nil : $0 } ?? settings.transcriptionModel
        let silence = options.duration("turn_silence")
        switch options.text("turn_detection") {
        case "local":
            settings.turnDetection = .local
            settings.localSilence = silence ?? settings.localSilence
        case "semantic": settings.turnDetection = .semantic
        default:
            settings.turnDetection = .server(
                threshold: Double(options.integer("turn_threshold") ?? 50) / 100,
                silence: silence ?? .milliseconds(500)
            )
        }
        settings.maximumTokens = options.integer("maximum_tokens")
        settings.maximumAnswer = options.duration("maximum_answer") ?? settings.maximumAnswer
        settings.digitPause = options.duration("digit_pause") ?? settings.digitPause
    }

    /// The tools that options come to.
    ///
    /// - Throws: ``RealtimeError`` for a tool or a place that there is not, and what `Prompt` throws for a recording.
    static func tools(_ options: BotOptions) throws -> [any RealtimeTool] {
        var tools: [any RealtimeTool] = []
        for name in options.list("tools") ?? ["end_call"] {
            switch name {
            case "end_call": tools.append(EndCallTool())
            case "hang_up": tools.append(HangUpTool())
            case "send_digits": tools.append(SendDigitsTool())
            default:
                throw RealtimeError(
                    .settings,
                    "tools: there is no '\(name)'; choose of end_call, hang_up and send_digits"
                )
            }
        }
        if let transfers = options.map("transfers"), !transfers.isEmpty {
            var targets: [String: TransferTarget] = [:]
            for (name, place) in transfers { targets[name] = try target(place, name) }
            tools.append(TransferTool(targets: targets))
        }
        if let files = options.map("recordings"), !files.isEmpty {
            tools.append(PlayTool(prompts: try files.mapValues { try Prompt(contentsOfFile: $0) }))
        }
        return tools
    }

    /// A place as one word tells it.
    static func target(_ text: String, _ name: String) throws(RealtimeError) -> TransferTarget {
        guard let target = TransferTarget(option: text) else {
            throw RealtimeError(
                .settings,
                "transfers: '\(text)' of \(name) is no place; give a number, extension:204, flow:NAME, sip:URI or wss://URL"
            )
        }
        return target
    }
}

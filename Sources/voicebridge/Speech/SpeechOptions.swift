// SPDX-License-Identifier: Apache-2.0
import Bots
import CallModel
import Logging
import VoiceBridge

/// Options that bots of recognizer, generator and synthesizer have in common.
enum SpeechOptions {
    static let silence = BotOption(
        name: "silence",
        kind: .duration(.seconds(2) ... .seconds(120)),
        default: .duration(.seconds(8)),
        summary: "how long nobody may say anything before the bot does"
    )
    static let logsWords = BotOption(
        name: "log_words",
        kind: .flag,
        default: .flag(false),
        summary: "whether the log has what is said, word by word"
    )

    /// The settings that the options ask for.
    static func settings(_ options: BotOptions, logger: Logger?) -> SpeechPipelineSettings {
        var settings = SpeechPipelineSettings()
        settings.silence = options.duration("silence") ?? settings.silence
        guard let logger else { return settings }
        let logsWords = options.flag("log_words")
        settings.report = { log($0, to: logger, withWords: logsWords) }
        return settings
    }

    /// The intents of a file, or the built-in ones.
    static func intents(_ options: BotOptions) throws -> IntentTable {
        guard let file = options.text("intents") else { return .builtIn }
        let text = String(decoding: try ConfigurationFile.read(file), as: UTF8.self)
        return try IntentTable.load(yaml: text, file: file)
    }

    private static func log(_ event: SpeechPipelineEvent, to logger: Logger, withWords: Bool) {
        let call: Logger.Metadata = ["call": "\(event.call)"]
        switch event.kind {
        case .heard(let words):
            if withWords { logger.info("caller said", metadata: call.merging(["words": "\(words)"]) { $1 }) }
        case .said(let words, let isCutOff):
            guard withWords else { return }
            let message: Logger.Message = isCutOff ? "bot was interrupted" : "bot said"
            logger.info(message, metadata: call.merging(["words": "\(words)"]) { $1 })
        case .failed(let error):
            logger.warning("a turn failed", metadata: call.merging(["reason": "\(error)"]) { $1 })
        // The call's own log has it.
        case .measured: return
        case .acts(let action):
            logger.debug(
                "a reply ends with an action",
                metadata: call.merging(["action": "\(name(of: action))"]) { $1 }
            )
        }
    }

    /// Without numbers, which are private.
    private static func name(of action: ReplyAction) -> String {
        switch action {
        case .transfer(let target): "transfer to \(target.kind.rawValue)"
        case .hangUp: "hang up"
        case .send: "send keys"
        }
    }
}

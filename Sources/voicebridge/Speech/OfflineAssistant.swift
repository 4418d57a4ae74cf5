// SPDX-License-Identifier: Apache-2.0
import Bots
import CallModel
import Logging
import OfflineSpeech
import VoiceBridge

/// The bot `offline-assistant`: a spoken dialogue by a table of intents, without network or key.
enum OfflineAssistant {
    #if OfflineSpeech
    private static let remark = ""
    #else
    private static let remark = "; not in this build, which was made without the trait OfflineSpeech"
    #endif

    static let description = BotDescription(
        name: "offline-assistant",
        summary: "holds a spoken dialogue by a table of intents, without network or key" + remark,
        options: [
            BotOption(name: "intents", kind: .file, summary: "YAML file of what callers want and hear"),
            BotOption(
                name: "voice",
                kind: .choice(["slt", "rms"]),
                default: .text("slt"),
                summary: "flite's voice"
            ),
            BotOption(
                name: "model",
                kind: .text,
                default: .text("/usr/share/pocketsphinx/model/en-us"),
                summary: "folder of the recognizer's acoustic model and dictionary"
            ),
            BotOption(
                name: "threads",
                kind: .integer(1...64),
                default: .integer(2),
                summary: "turns that are recognized at a time"
            ),
            SpeechOptions.silence, SpeechOptions.logsWords,
        ]
    )

    #if OfflineSpeech
    static func make(_ options: BotOptions, logger: Logger?) throws -> any ConversationHandler {
        let table = try SpeechOptions.intents(options)
        return SpeechPipelineBot(
            recognizer: try SphinxRecognizer(
                model: options.text("model") ?? SphinxRecognizer.defaultModel,
                threads: options.integer("threads") ?? 2,
                phrases: [table.phrases]
            ),
            generator: IntentGenerator(table),
            synthesizer: try FliteSynthesizer(voice: options.text("voice") ?? "slt"),
            settings: SpeechOptions.settings(options, logger: logger)
        )
    }
    #else
    static func make(_ options: BotOptions, logger: Logger?) throws -> any ConversationHandler {
        throw OfflineSpeechError.notBuilt
    }
    #endif
}

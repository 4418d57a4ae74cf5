// SPDX-License-Identifier: Apache-2.0
import Bots
import BridgeConfiguration
import CallModel
import Logging
import PlatformAPIs

extension ReceiverKind {
    /// `callr`.
    static let callr = ReceiverKind(
        schema: PartSchema(
            name: "callr",
            summary: "Runs a flow on calls at CALLR (Real-Time), by commands instead of audio.",
            options: [
                BotOption(
                    name: "bot",
                    kind: .text,
                    default: .text(flowName),
                    summary: "What runs; CALLR carries no audio, so that only a flow can."
                ),
                BotOption(
                    name: "file",
                    kind: .file,
                    summary: "The flow; read anew for new calls when it changes.",
                    isRequired: true
                ),
                BotOption(
                    name: "variables",
                    kind: .map,
                    summary: "Values that stand over those of the flow's `variables`."
                ),
                BotOption(
                    name: "voice",
                    kind: .text,
                    summary: "CALLR's voice that says texts, such as TTS_EN-GB_SERENA."
                ),
                BotOption(name: "voices", kind: .map, summary: "Voices by language, where a text names one."),
                BotOption(
                    name: "library",
                    kind: .map,
                    summary:
                        "The number of the entry in CALLR's library by sound: a file of the flow, or a built-in prompt."
                ),
                BotOption(
                    name: "caller_id",
                    kind: .text,
                    default: .text("BLOCKED"),
                    summary: "What those see whom a caller is connected to: a number of the account with +, or BLOCKED."
                ),
                BotOption(
                    name: "ring",
                    kind: .duration(.seconds(5) ... .seconds(300)),
                    default: .duration(.seconds(30)),
                    summary: "How long each number rings."
                ),
                .country,
                BotOption(
                    name: "messages_key",
                    kind: .secret,
                    summary: "A key of the CALLR account that `sms` steps send through."
                ),
                BotOption(
                    name: "messages_from",
                    kind: .text,
                    summary: "Who sends messages that name nobody; a short code of CALLR's unless set."
                ),
                BotOption(
                    name: "maximum_calls",
                    kind: .integer(1...100_000),
                    default: .integer(CALLRLimits().calls),
                    summary: "Calls at a time; one more is hung up."
                ),
                BotOption(
                    name: "maximum_duration",
                    kind: .duration(.seconds(10) ... .seconds(24 * 3_600)),
                    default: .duration(CALLRLimits().longest),
                    summary: "The longest call."
                ),
            ],
            problem: { problem($0) }
        )
    ) { options, services in
        let logger = services.logger
        let settings = CALLRFlowSettings(options)
        let flow = try CALLRFlow(settings, client: services.client, report: BuiltInBots.Services.report(to: logger))
        return CALLRRealTime(flow, limits: settings.limits) { report, call in
            switch report {
            case .began, .ended(.ended): logger.info("\(report.message)", metadata: ["call": "\(call)"])
            case .postponed: logger.notice("\(report.message)", metadata: ["call": "\(call)"])
            case .full, .unknown, .stray, .ended: logger.warning("\(report.message)", metadata: ["call": "\(call)"])
            }
        }
    }

    private static let flowName = "flow"

    private static func problem(_ options: BotOptions) -> String? {
        let bot = options.text("bot") ?? flowName
        guard bot == flowName else { return CALLRFlowSettings.needsAudio(bot) }
        for (sound, entry) in options.map("library") ?? [:] where (Int(entry) ?? 0) < 1 {
            return "has no number of the library for '\(sound.prefixed(toBytes: 64))'; give one from 1"
        }
        let callerID = options.text("caller_id") ?? "BLOCKED"
        guard callerID == "BLOCKED" || CALLRCommand.isInternational(callerID) else {
            return "has a `caller_id` that is no number with +; give one, or BLOCKED"
        }
        return nil
    }
}

extension CALLRFlowSettings {
    /// The settings of a receiver's options.
    init(_ options: BotOptions) {
        self.init(file: options.text("file") ?? "")
        variables = options.map("variables") ?? [:]
        voice = options.text("voice")
        voices = options.map("voices") ?? [:]
        library = (options.map("library") ?? [:]).compactMapValues { Int($0) }
        callerID = options.text("caller_id") ?? callerID
        ringSeconds = options.duration("ring").map { Int($0.components.seconds) } ?? ringSeconds
        messagesKey = options.secret("messages_key")
        messagesFrom = options.text("messages_from")
        numbering = options.numbering
        limits.calls = options.integer("maximum_calls") ?? limits.calls
        limits.longest = options.duration("maximum_duration") ?? limits.longest
    }
}

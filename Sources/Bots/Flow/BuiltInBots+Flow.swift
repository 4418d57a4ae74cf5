// SPDX-License-Identifier: Apache-2.0

internal import ConfigurationReading
package import OutboundHTTP
package import VoiceBridge

extension BuiltInBots {
    /// What built-in bots use of the program that they are in.
    package struct Services: Sendable {
        /// Says texts; nil when there is no synthesizer.
        package var synthesizer: (any SpeechSynthesizer)?
        /// Asks over HTTP; nil when there is no client.
        package var requests: (any HTTPClient)?
        /// Sends text messages in the name of an account; nil when there is no service for them.
        package var messages: (@Sendable (MessageAccount) -> any MessageSending)?
        /// Bots beyond those of this library that a flow may hand its call to.
        package var others: [Entry]
        /// Takes what the operator should know of flows.
        package var reportFlow: @Sendable (FlowReport) -> Void

        /// Services; without any, bots make do with what they bring along.
        package init(
            synthesizer: (any SpeechSynthesizer)? = nil,
            requests: (any HTTPClient)? = nil,
            messages: (@Sendable (MessageAccount) -> any MessageSending)? = nil,
            others: [Entry] = [],
            reportFlow: @escaping @Sendable (FlowReport) -> Void = { _ in }
        ) {
            self.synthesizer = synthesizer
            self.requests = requests
            self.messages = messages
            self.others = others
            self.reportFlow = reportFlow
        }
    }

    static let flowDescription = BotDescription(
        name: "flow",
        summary:
            "runs a voice application from a YAML file: prompts, menus, digits, recordings, requests, messages, transfers",
        options: [
            BotOption(
                name: "file",
                kind: .file,
                summary: "the flow; read anew for new calls when it changes",
                isRequired: true
            ),
            BotOption(
                name: "recordings",
                kind: .text,
                summary: "folder for what `record` steps record; made if it is not there"
            ),
            BotOption(name: "variables", kind: .map, summary: "values that stand over those of the flow's `variables`"),
            BotOption(
                name: "voice_url",
                kind: .text,
                summary: "service with OpenAI's audio/speech that says texts, such as https://api.openai.com/v1"
            ),
            BotOption(name: "voice_key", kind: .secret, summary: "its key"),
            BotOption(
                name: "voice_model",
                kind: .text,
                default: .text(SpeechEndpointSettings().model),
                summary: "the voice's model there"
            ),
            BotOption(
                name: "voice",
                kind: .text,
                default: .text(SpeechEndpointSettings().voice),
                summary: "the voice's name there"
            ),
        ] + MessageAccount.options + [sampleRate]
    )

    /// What says a flow's texts: the service of its options, or what the program has.
    private static func synthesizer(
        _ options: BotOptions,
        _ services: Services
    ) throws(FlowError) -> (any SpeechSynthesizer)? {
        guard let url = options.text("voice_url") else { return services.synthesizer }
        let schemes = ["https://", "http://"]
        guard schemes.contains(where: { url.lowercased().hasPrefix($0) && url.count > $0.count }) else {
            throw FlowError(description: "`voice_url` is no URL; write https://HOST/v1 or the like")
        }
        var settings = SpeechEndpointSettings()
        settings.service.url = url
        settings.service.apiKey = options.secret("voice_key")
        settings.model = options.text("voice_model") ?? settings.model
        settings.voice = options.text("voice") ?? settings.voice
        guard let client = services.requests else { return SpeechEndpointSynthesizer(settings) }
        return SpeechEndpointSynthesizer(settings, client: client)
    }

    /// Makes a flow's bot.
    static func makeFlow(_ services: Services) -> @Sendable (BotOptions) throws -> any ConversationHandler {
        { options in
            if let folder = options.text("recordings") { try RecordingFolder(path: folder).prepare() }
            let resources = FlowBot.Resources(
                synthesizer: try synthesizer(options, services),
                requests: services.requests,
                messages: try MessageAccount(options).flatMap { services.messages?($0) },
                recordings: options.text("recordings"),
                bots: (entries(services) + services.others).filter { $0.description.name != flowDescription.name },
                report: services.reportFlow
            )
            return try FlowBot(
                file: options.text("file") ?? "",
                variables: options.map("variables") ?? [:],
                audioFormat: format(of: options),
                resources: resources
            )
        }
    }
}

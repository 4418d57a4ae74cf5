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
        /// Takes what the operator should know of flows.
        package var reportFlow: @Sendable (FlowReport) -> Void

        /// Services; without any, bots make do with what they bring along.
        package init(
            synthesizer: (any SpeechSynthesizer)? = nil,
            requests: (any HTTPClient)? = nil,
            reportFlow: @escaping @Sendable (FlowReport) -> Void = { _ in }
        ) {
            self.synthesizer = synthesizer
            self.requests = requests
            self.reportFlow = reportFlow
        }
    }

    static let flowDescription = BotDescription(
        name: "flow",
        summary: "runs a voice application from a YAML file: prompts, menus, digits, recordings, requests, transfers",
        options: [
            BotOption(
                name: "file",
                kind: .file,
                summary: "the flow; read anew for new calls when it changes",
                isRequired: true
            ),
            BotOption(name: "recordings", kind: .text, summary: "folder for what `record` steps record"),
            BotOption(name: "variables", kind: .map, summary: "values that stand over those of the flow's `variables`"),
            sampleRate,
        ]
    )

    /// Makes a flow's bot.
    static func makeFlow(_ services: Services) -> @Sendable (BotOptions) throws -> any ConversationHandler {
        { options in
            let resources = FlowBot.Resources(
                synthesizer: services.synthesizer,
                requests: services.requests,
                recordings: options.text("recordings"),
                bots: all.filter { $0.description.name != flowDescription.name },
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

// SPDX-License-Identifier: Apache-2.0
import ArgumentParser

@main
struct VoiceBridgeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "voicebridge",
        abstract: "Answers live phone calls that telephony platforms stream over secure WebSockets.",
        subcommands: [
            ServeCommand.self, CallCommand.self, CheckCommand.self, AudioCommand.self, ConfigCommand.self,
            FlowCommand.self, DialCommand.self, SMSCommand.self, LoadCommand.self, CallsCommand.self,
            RecordingsCommand.self, WebhooksCommand.self, BotsCommand.self, WebSocketEchoCommand.self,
        ]
    )
}

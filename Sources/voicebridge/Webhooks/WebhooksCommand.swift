// SPDX-License-Identifier: Apache-2.0
import ArgumentParser

/// `voicebridge webhooks …`: tries endpoints, and reads what waits for them.
struct WebhooksCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "webhooks",
        abstract: "Tries endpoints of webhooks, and reads the events that wait for them, also while a server sends.",
        subcommands: [
            WebhooksTestCommand.self, WebhooksListCommand.self, WebhooksRetryCommand.self, WebhooksDropCommand.self,
        ]
    )
}

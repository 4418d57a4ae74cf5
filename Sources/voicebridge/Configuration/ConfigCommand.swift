// SPDX-License-Identifier: Apache-2.0
import ArgumentParser

/// `voicebridge config …`: looks at a configuration without serving it.
struct ConfigCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "config",
        abstract: "Checks a configuration file, or shows what it comes to.",
        subcommands: [ConfigCheckCommand.self, ConfigPrintCommand.self]
    )
}

// SPDX-License-Identifier: Apache-2.0
import ArgumentParser

/// `voicebridge calls …`: reads the records of calls.
struct CallsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "calls",
        abstract: "Reads the records of calls, also while a server writes them.",
        subcommands: [CallsListCommand.self, CallsShowCommand.self, CallsExportCommand.self]
    )
}

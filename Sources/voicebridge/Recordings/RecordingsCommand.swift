// SPDX-License-Identifier: Apache-2.0
import ArgumentParser

/// `voicebridge recordings …`: what is recorded of calls.
struct RecordingsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "recordings",
        abstract: "Opens recordings that were sealed with a key.",
        subcommands: [RecordingsDecryptCommand.self]
    )
}

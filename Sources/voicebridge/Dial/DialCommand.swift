// SPDX-License-Identifier: Apache-2.0
import ArgumentParser

/// `voicebridge dial …`: has a platform place calls.
struct DialCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dial",
        abstract: "Has a platform place a call: to a bot, between two people, or with an announcement.",
        discussion: """
            --dry-run prints the request and sends nothing. Secrets come from environment variables or files.

            Exit status 0 when the platform took the call on, 1 when not, 64 for wrong use.
            """,
        subcommands: [DialIVRSolutions.self, DialDigo.self]
    )
}

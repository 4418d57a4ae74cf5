// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Bots

/// `voicebridge bots`.
struct BotsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bots",
        abstract: "Lists the built-in bots with their options and defaults."
    )

    mutating func run() throws {
        try StandardOutput.write(result: BotListing.text(of: BuiltInBots.descriptions))
    }
}

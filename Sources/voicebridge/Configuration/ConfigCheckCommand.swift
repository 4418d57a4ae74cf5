// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import BridgeConfiguration

/// `voicebridge config check F`.
struct ConfigCheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Names every fault of a configuration file with its line and key.",
        discussion: "Reads the files and environment variables that it names. Exit status 1 when there is a fault."
    )

    @Argument(help: "The configuration file; - is standard input.")
    var file: String

    mutating func run() throws {
        let configuration = try ConfigurationFile.loadOrExit(file)
        let count = configuration.routes.count
        try StandardOutput.write(result: "\(file): \(count) \(count == 1 ? "route" : "routes"), ok\n")
    }
}

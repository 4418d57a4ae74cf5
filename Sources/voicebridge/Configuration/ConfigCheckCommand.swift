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
        var parts = [counted(configuration.routes.count, "route")]
        if !configuration.receivers.isEmpty { parts.append(counted(configuration.receivers.count, "receiver")) }
        try StandardOutput.write(result: "\(file): \(parts.joined(separator: ", ")), ok\n")
    }

    private func counted(_ count: Int, _ what: String) -> String { "\(count) \(count == 1 ? what : what + "s")" }
}

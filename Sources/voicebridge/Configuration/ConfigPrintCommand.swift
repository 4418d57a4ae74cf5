// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Bots
import BridgeConfiguration

/// `voicebridge config print F`.
struct ConfigPrintCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "print",
        abstract: "Shows the effective configuration: defaults filled in, secrets hidden.",
        discussion: "What it prints is a configuration file once the secrets are put in where (secret) stands."
    )

    @Argument(help: "The configuration file; - is standard input.")
    var file: String

    mutating func run() throws {
        let configuration = try ConfigurationFile.loadOrExit(file)
        let text = configuration.yaml(
            bots: BuiltInBots.descriptions,
            dialects: BuiltInDialects.schemas,
            receivers: BuiltInReceivers.schemas,
            callControls: BuiltInCallControls.schemas
        )
        try StandardOutput.write(result: text)
    }
}

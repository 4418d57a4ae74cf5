// SPDX-License-Identifier: Apache-2.0
import Bots
import BridgeConfiguration
import BridgeServer
import CallModel
import Dialects

@testable import voicebridge

/// Configurations as the command line reads them, without files.
enum ReferenceConfiguration {
    /// The bots of the command line, and the one of the tutorial.
    static let bots =
        BuiltInBots.descriptions + [
            BotDescription(name: "beeper", summary: "beeps as often as the key says")
        ]

    /// Reads a configuration; every file that it names holds a token.
    static func load(_ yaml: String) throws -> BridgeConfiguration {
        try BridgeConfiguration.load(
            yaml: yaml,
            file: "documentation.yaml",
            bots: bots,
            dialects: BuiltInDialects.schemas,
            receivers: BuiltInReceivers.schemas,
            callControls: BuiltInCallControls.schemas,
            environment: ["BEEPER_TOKEN": "t0ken", "CREDENTIALS_DIRECTORY": "/run/credentials"],
            // Each file has a secret of its own: tenants of one route must show different ones.
            readFile: { path in Array("t0ken-of-\(path)".utf8) }
        )
    }
}

// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import BridgeConfiguration
import Operations

/// Which spool.
struct SpoolOptions: ParsableArguments {
    @Option(help: "The spool's file, as in webhooks.spool of the configuration.")
    var spool: String?

    @Option(help: "The configuration file that names it.")
    var config: String?

    func validate() throws {
        guard (spool == nil) != (config == nil) else {
            throw ValidationError("give one of --spool FILE and --config FILE")
        }
    }

    /// Opens the spool.
    func open() throws -> SpoolAccess {
        if let spool { return try SpoolAccess(path: spool) }
        let configuration = try ConfigurationFile.loadOrExit(config ?? "-")
        guard let path = configuration.webhooks.spool else {
            throw ValidationError("webhooks.spool is off in this configuration: no events are sent")
        }
        return try SpoolAccess(path: path)
    }
}

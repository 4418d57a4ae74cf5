// SPDX-License-Identifier: Apache-2.0

import BridgeConfiguration
import Logging
import Synchronization
import TransportSecurity

// What new calls are served by, read anew while calls are up.
extension BridgeServer {
    /// Reads a configuration file for new calls: routes, bots, limits, authentication, prompts, certificates.
    ///
    /// Calls that are up keep what they began with. A file in which anything is wrong changes nothing, and the log says all of
    /// it. Bots are made anew for each route. It reads files: call it off the event loops.
    ///
    /// - Parameters:
    ///   - configurationFile: the path of a YAML file.
    ///   - bots: the bots that its routes name; those that the server has unless given.
    /// - Returns: the keys of settings that differ and keep their values until a restart, such as `listen.port`.
    /// - Throws: an error whose description names every fault of the file by line and key.
    @discardableResult
    public func reload(configurationFile: String, bots: BotCatalogue? = nil) throws -> [String] {
        try reload { parts in
            var parts = parts
            parts.bots = bots ?? parts.bots
            parts.configuration = try .load(file: configurationFile, bots: parts.bots.descriptions)
            return parts
        }
    }

    /// Reads the configuration for new calls, whatever it is read from.
    ///
    /// - Parameter read: gives the new parts, and has those that are served by now.
    /// - Returns: the keys of settings that differ and keep their values until a restart.
    /// - Throws: what `read` throws, or what cannot be served; then nothing has changed. The log has said it, a line a fault.
    @discardableResult
    package func reload(_ read: (ServerParts) throws -> ServerParts) throws -> [String] {
        do {
            let kept = try reloading.withLock { _ in
                let before = core.served
                var parts = try read(before.parts)
                parts.recorder = before.parts.recorder
                let kept = try parts.configuration.keepFixed(of: before.parts.configuration)
                core.serve(try ServedConfiguration(parts, before: before))
                return kept
            }
            state.withLock { state in
                state.kept = kept
                state.isRefused = false
            }
            logger.notice("configuration reloaded for new calls", metadata: ["routes": "\(core.served.routes.count)"])
            if !kept.isEmpty {
                let keys: Logger.Metadata = ["keys": "\(kept.joined(separator: ", "))"]
                logger.warning("settings that cannot change while the server runs keep their values", metadata: keys)
            }
            return kept
        } catch {
            state.withLock { $0.isRefused = true }
            for fault in "\(error)".split(separator: "\n") {
                logger.error("the configuration was not reloaded, the old one stays: \(fault)")
            }
            throw error
        }
    }

    /// Reads the certificate and its key anew; calls that are up keep theirs, and a bad file changes nothing.
    ///
    /// - Throws: an error that names the file and what is wrong with it.
    public func reloadCertificate() throws {
        guard let tls = core.served.tls else { return }
        try tls.reload()
        logger.notice("certificate reloaded")
    }
}

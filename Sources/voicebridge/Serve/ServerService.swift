// SPDX-License-Identifier: Apache-2.0
import BridgeServer
import Logging
import ServiceLifecycle
import UnixSignals

/// Runs the server, says where it listens, and reads the certificate anew on SIGHUP.
struct ServerService: Service {
    let server: BridgeServer
    let logger: Logger

    func run() async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                for await _ in await UnixSignalsSequence(trapping: .sighup) { reload() }
            }
            try await server.run { addresses in
                StandardOutput.write(line: "listening on \(addresses.url)")
                logger.notice("ready", metadata: ["url": "\(addresses.url)", "admin_port": "\(addresses.adminPort)"])
            }
            group.cancelAll()
        }
    }

    private func reload() {
        do {
            try server.reloadCertificate()
        } catch {
            logger.error("the certificate was not reloaded, the old one stays: \(error)")
        }
    }
}

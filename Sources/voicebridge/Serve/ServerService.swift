// SPDX-License-Identifier: Apache-2.0
import BridgeServer
import Logging
import ServiceLifecycle
import UnixSignals

/// Runs the server, says where it listens, and reads the certificate anew on SIGHUP.
struct ServerService: Service {
    let server: BridgeServer
    /// The token to tell, when one was made.
    let madeToken: String?
    let logger: Logger

    func run() async throws {
        // Trapped before anybody is told that the server is there: untrapped, the signal ends the program.
        let hangUps = await UnixSignalsSequence(trapping: .sighup)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                for await _ in hangUps { reload() }
            }
            try await server.run { addresses in
                logger.notice("ready", metadata: ["url": "\(addresses.url)", "admin_port": "\(addresses.adminPort)"])
                if let madeToken { StandardOutput.write(line: "token \(madeToken)") }
                StandardOutput.write(line: "listening on \(addresses.url)")
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

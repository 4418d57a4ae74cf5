// SPDX-License-Identifier: Apache-2.0
import BridgeServer
import CallModel
import Logging
import NIOCore
import ServiceLifecycle
import Synchronization
import UnixSignals

/// Runs the server, says where it listens, reads the configuration anew on SIGHUP, and tells systemd how all of it goes.
struct ServerService: Service {
    let server: BridgeServer
    /// The token to tell, when one was made.
    let madeToken: Secret?
    let logger: Logger
    let notifier: ServiceNotifier
    /// Reads the configuration anew.
    let read: @Sendable (ServerParts) throws -> ServerParts

    func run() async throws {
        // Trapped before anybody is told that the server is there: untrapped, the signal ends the program.
        let hangUps = await UnixSignalsSequence(trapping: .sighup)
        // The first one begins the stop, by the group that runs this service.
        let stops = await UnixSignalsSequence(trapping: .sigterm, .sigint)
        let watch = ServiceWatch(watchdog: notifier.watchdog.map { .microseconds($0) })
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                for await _ in hangUps { reload() }
            }
            group.addTask {
                var isFirst = true
                for await _ in stops {
                    if !isFirst { hurry() }
                    isFirst = false
                }
            }
            let heartbeat = Mutex<Heartbeat?>(nil)
            defer { heartbeat.withLock { $0?.stop() } }
            try await withGracefulShutdownHandler {
                try await server.run { addresses in
                    logger.notice(
                        "ready",
                        metadata: ["url": "\(addresses.url)", "admin_port": "\(addresses.adminPort)"]
                    )
                    notifier.ready(status)
                    heartbeat.withLock { $0 = Heartbeat(every: watch.period) { beat(watch) } }
                    if let madeToken { StandardOutput.write(line: "token \(madeToken.reveal())") }
                    StandardOutput.write(line: "listening on \(addresses.url)")
                }
            } onGracefulShutdown: {
                notifier.stopping(status, within: server.longestStop + .seconds(15))
            }
            group.cancelAll()
        }
    }

    private func beat(_ watch: ServiceWatch) {
        if watch.isAlive(server.loops) { notifier.beat() }
        notifier.status(status)
    }

    /// What `systemctl status` shows.
    private var status: String {
        let state = server.isStopping ? "stopping" : server.addresses == nil ? "starting" : "serving"
        let kept = server.keptSettings
        let waiting = kept.isEmpty ? "" : "; restart to change \(kept.joined(separator: ", "))"
        let refused = server.hasRefusedConfiguration ? "; the new configuration was refused, see the log" : ""
        return "\(state), \(server.callCount) calls\(waiting)\(refused)"
    }

    private func reload() {
        notifier.reloading(at: Int64(NIODeadline.now().uptimeNanoseconds / 1_000))
        // What is wrong with it is in the log.
        _ = try? server.reload(read)
        notifier.ready(status)
    }

    private func hurry() {
        logger.notice("told to stop again: live calls get no more time")
        server.hurry()
    }
}

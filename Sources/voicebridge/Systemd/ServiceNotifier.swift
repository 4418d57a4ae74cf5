// SPDX-License-Identifier: Apache-2.0
import Logging
import Synchronization

/// Tells systemd how the service is; tells nobody where systemd did not start it.
///
/// `sd_notify(3)`: a unit of `Type=notify-reload` with `WatchdogSec=` waits for these messages.
final class ServiceNotifier: Sendable {
    private let socket: NotifySocket?
    private let logger: Logger
    private let state = Mutex((status: "", hasFailed: false))
    /// Time in which systemd wants to hear a beat, in microseconds; nil when it wants none.
    let watchdog: Int64?

    /// A notifier by the variables that systemd sets.
    ///
    /// - Parameters:
    ///   - environment: `NOTIFY_SOCKET`, `WATCHDOG_USEC`, `WATCHDOG_PID`.
    ///   - process: our own number: the watchdog may be meant for another process.
    ///   - logger: where it is said, once, when systemd cannot be told.
    init(environment: [String: String], process: Int32, logger: Logger) {
        self.logger = logger
        var socket: NotifySocket?
        if let address = environment["NOTIFY_SOCKET"], !address.isEmpty {
            do {
                socket = try NotifySocket(address: address)
            } catch {
                logger.warning("systemd is not told how the service is: \(error)")
            }
        }
        self.socket = socket
        let isMeant = environment["WATCHDOG_PID"].map { $0 == "\(process)" } ?? true
        let time = environment["WATCHDOG_USEC"].flatMap { Int64($0) }
        watchdog = socket != nil && isMeant ? time.flatMap { $0 > 0 ? $0 : nil } : nil
    }

    /// Calls are taken.
    func ready(_ status: String) { tell("READY=1", status) }

    /// The configuration is being read anew since `microseconds` of the monotonic clock; ``ready(_:)`` ends it.
    func reloading(at microseconds: Int64) {
        tell("RELOADING=1\nMONOTONIC_USEC=\(microseconds)", "reading the configuration anew")
    }

    /// The service ends, and takes so long at most: longer than `TimeoutStopSec=` if it must.
    func stopping(_ status: String, within limit: Duration) {
        let microseconds = limit.components.seconds * 1_000_000
        tell("STOPPING=1\nEXTEND_TIMEOUT_USEC=\(microseconds)", status)
    }

    /// A sign of life.
    func beat() { send("WATCHDOG=1") }

    /// What `systemctl status` shows; told only when it changes.
    func status(_ text: String) {
        let isNew = state.withLock { state in
            guard state.status != text else { return false }
            state.status = text
            return true
        }
        if isNew { send("STATUS=\(Self.line(text))") }
    }

    private func tell(_ message: String, _ status: String) {
        state.withLock { $0.status = status }
        send("\(message)\nSTATUS=\(Self.line(status))")
    }

    /// A line end would begin another message.
    private static func line(_ text: String) -> String { text.replacing("\n", with: "; ") }

    private func send(_ message: String) {
        guard let socket, !socket.send(message) else { return }
        let isFirst = state.withLock { state in
            defer { state.hasFailed = true }
            return !state.hasFailed
        }
        if isFirst { logger.warning("systemd did not take what it is told of the service") }
    }
}

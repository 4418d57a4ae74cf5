// SPDX-License-Identifier: Apache-2.0
import BridgeServer

/// Decides what systemd is told of a server that runs.
struct ServiceWatch: Sendable {
    /// Time in which systemd wants to hear a beat; nil when it wants none.
    let watchdog: Duration?

    /// How often to look: twice in the time of the watchdog and once more in reserve, or just for the status.
    var period: Duration { min(watchdog.map { $0 / 3 } ?? .seconds(5), .seconds(5)) }

    /// Whether to send a beat: all event loops turn.
    ///
    /// One that has not come to its tick for half the watchdog's time is stuck. No beat goes then; if it does not turn again
    /// within the other half, systemd ends the service and starts it anew.
    func isAlive(_ loops: [LoopFigures]) -> Bool {
        guard let watchdog else { return false }
        let limit = watchdog / 2
        return loops.allSatisfy { .nanoseconds($0.overdue) < limit }
    }
}

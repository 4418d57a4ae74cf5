// SPDX-License-Identifier: Apache-2.0
internal import Dispatch
internal import Foundation
package import Logging
internal import Synchronization

/// Keeps what is logged, and lets a test wait for the first error.
package final class KeptLog: Sendable {
    private let lines = Mutex<[(level: Logger.Level, text: String)]>([])
    private let failed = DispatchSemaphore(value: 0)

    private struct Handler: LogHandler {
        let log: KeptLog
        var logLevel = Logger.Level.trace
        var metadata: Logger.Metadata = [:]

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            log.lines.withLock { $0.append((event.level, "\(event.message) \(event.metadata ?? [:])")) }
            if event.level >= .error { log.failed.signal() }
        }
    }

    /// A log that keeps nothing yet.
    package init() {}

    /// What is written here is kept.
    package var logger: Logger { Logger(label: "records") { _ in Handler(log: self) } }

    /// What was logged at a level.
    package func told(_ level: Logger.Level) -> [String] {
        lines.withLock { $0.filter { $0.level == level }.map(\.text) }
    }

    /// Waits for an error; false when none came in half a minute.
    package func awaitError() -> Bool { failed.wait(timeout: .now() + .seconds(30)) == .success }

    /// The same, without blocking a thread that tasks run on: for a log that a task writes.
    package func isToldOfError() async -> Bool {
        await withCheckedContinuation { continuation in
            Thread.detachNewThread { [self] in continuation.resume(returning: awaitError()) }
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
import BridgeConfiguration
import CallRecords
import Dialects
import GRDB
import Synchronization

/// The database in which events wait for their endpoints, open for one run of the program.
///
/// SQLite in WAL mode, by two connections. Events are written by one with `synchronous` FULL: what was committed is there
/// after a loss of power. What was delivered is noted by the other with NORMAL, which survives the death of the program; a
/// loss of power may have some events delivered twice, as their ids tell.
final class WebhookSpool: Sendable {
    let path: String
    let endpoints: [WebhookEndpoint]
    let backlog: Int
    let deadLetters: Int
    /// This life of the program.
    let run: Int64
    let writing: DatabaseQueue
    let delivering: DatabaseQueue
    private let lock: Mutex<RunLock?>

    /// How long a statement waits for others' locks before it fails and is tried again, in seconds.
    private static let patience = 2.0

    /// Opens or creates the database, and brings its tables up to date.
    ///
    /// - Parameters:
    ///   - path: the file; its folder must exist.
    ///   - settings: endpoints and bounds.
    ///   - now: milliseconds since 1970.
    /// - Throws: ``WebhookError``.
    init(path: String, settings: WebhooksConfiguration, now: Int64) throws(WebhookError) {
        self.path = path
        endpoints = settings.endpoints
        backlog = settings.backlog
        deadLetters = settings.deadLetters
        do {
            try RecordStore.createPrivately(path)
            writing = try Self.connect(path, synchronous: "FULL")
            let migrator = SpoolMigrations.migrator
            guard try !writing.read(migrator.hasBeenSuperseded) else {
                throw WebhookError("was written by a newer version; serve with that one, or give another file")
            }
            try migrator.migrate(writing)
            delivering = try Self.connect(path, synchronous: "NORMAL")
            let (run, lock) = try writing.write { database in
                try database.execute(sql: "INSERT INTO run (alive_at) VALUES (?)", arguments: [now])
                let run = database.lastInsertedRowID
                guard let lock = RunLock.take(database: path, run: run) else {
                    throw WebhookError("a file beside it cannot be locked; use a disk of this machine")
                }
                return (run, lock)
            }
            self.run = run
            self.lock = Mutex(lock)
        } catch {
            throw WebhookError("webhooks \(path): \(RecordStore.text(of: error))")
        }
    }

    /// A connection.
    static func connect(_ path: String, synchronous: String) throws -> DatabaseQueue {
        var configuration = Configuration()
        configuration.label = "voicebridge.webhooks"
        configuration.journalMode = .wal
        configuration.busyMode = .timeout(patience)
        configuration.prepareDatabase { database in
            try database.execute(sql: "PRAGMA synchronous = \(synchronous); PRAGMA secure_delete = ON")
        }
        return try DatabaseQueue(path: path, configuration: configuration)
    }

    /// The right to deliver what is in the database, which one process has at a time, so that order is kept; nil while
    /// another has it.
    func takeDelivery() -> RunLock? { RunLock.take(path: "\(path)-delivery") }

    /// Ends the run, and takes the file of its lock away; calls that it has not ended are left to the next.
    func end() throws {
        defer { lock.withLock { $0 = nil } }
        try writing.write { database in
            try database.execute(
                sql: "DELETE FROM run WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM live WHERE run = ?1)",
                arguments: [run]
            )
        }
    }
}

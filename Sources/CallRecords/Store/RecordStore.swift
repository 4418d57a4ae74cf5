// SPDX-License-Identifier: Apache-2.0

import GRDB

#if canImport(Musl)
import Musl
#else
import Glibc
#endif

/// The database of calls, open for one run of the program.
///
/// SQLite in WAL mode, so that readers do not hold the writer up. `synchronous` is FULL: what was committed is there after a
/// loss of power too, and the price, one wait for the disk for each batch, is paid by a thread that no call waits for.
package final class RecordStore: Sendable {
    let queue: DatabaseQueue
    let path: String
    /// This life of the program.
    let run: Int64
    /// Calls that an earlier run had not completed when it died.
    let recovered: Int
    private let lock: RunLock

    /// How long a statement waits for others' locks before it fails and is tried again.
    private static let patience = 0.25
    /// How long opening waits for them.
    private static let openingPatience = 5.0

    /// Opens or creates the database, brings its tables up to date, and completes what dead runs left behind.
    ///
    /// - Parameters:
    ///   - path: the file; its folder must exist.
    ///   - now: milliseconds since 1970.
    /// - Throws: ``CallRecordsError``.
    init(path: String, now: Int64) throws(CallRecordsError) {
        self.path = path
        do {
            try Self.createPrivately(path)
            var configuration = Configuration()
            configuration.label = "voicebridge.records"
            configuration.journalMode = .wal
            configuration.busyMode = .timeout(Self.openingPatience)
            configuration.prepareDatabase { database in
                try database.execute(sql: "PRAGMA synchronous = FULL; PRAGMA secure_delete = ON")
            }
            let queue = try DatabaseQueue(path: path, configuration: configuration)
            let migrator = RecordMigrations.migrator
            guard try !queue.read(migrator.hasBeenSuperseded) else {
                throw CallRecordsError("was written by a newer version; serve with that one, or give another file")
            }
            try migrator.migrate(queue)
            (run, recovered, lock) = try queue.write { try Self.begin($0, path: path, now: now) }
            try queue.inDatabase { try $0.execute(sql: "PRAGMA busy_timeout = \(Int(Self.patience * 1_000))") }
            self.queue = queue
        } catch {
            throw CallRecordsError("records \(path): \(Self.text(of: error))")
        }
    }

    /// Creates the file for nobody else to read; SQLite gives the files beside it the same rights.
    package static func createPrivately(_ path: String) throws(CallRecordsError) {
        let descriptor = unsafe open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            let cause = unsafe String(cString: strerror(errno))
            throw CallRecordsError("cannot be opened (\(cause)); check its folder, and who may write there")
        }
        close(descriptor)
    }

    /// Begins a run, and completes the calls of runs that died.
    private static func begin(
        _ database: Database,
        path: String,
        now: Int64
    ) throws -> (run: Int64, recovered: Int, lock: RunLock) {
        var recovered = 0
        for run in try Int64.fetchAll(database, sql: "SELECT id FROM run WHERE ended_at IS NULL") {
            guard let lock = RunLock.take(database: path, run: run) else { continue }
            try database.execute(
                sql: """
                    UPDATE call SET state = 'interrupted', ended_by = 'error', end_reason = 'interrupted',
                        ended_at = max(started_at, (SELECT alive_at FROM run WHERE id = ?1))
                    WHERE run = ?1 AND state = 'live'
                    """,
                arguments: [run]
            )
            recovered += database.changesCount
            try database.execute(sql: "UPDATE run SET ended_at = alive_at WHERE id = ?", arguments: [run])
            withExtendedLifetime(lock) {}
        }
        try database.execute(sql: "INSERT INTO run (started_at, alive_at) VALUES (?1, ?1)", arguments: [now])
        let run = database.lastInsertedRowID
        guard let lock = RunLock.take(database: path, run: run) else {
            throw CallRecordsError("a file beside it cannot be locked; use a disk of this machine")
        }
        return (run, recovered, lock)
    }

    /// Ends the run; calls that it has not completed are left to the next one.
    func end(now: Int64) throws {
        try queue.write { database in
            let left = try Int.fetchOne(
                database,
                sql: "SELECT count(*) FROM call WHERE run = ? AND state = 'live'",
                arguments: [run]
            )
            guard left == 0 else { return }
            let sql = "UPDATE run SET alive_at = ?1, ended_at = ?1 WHERE id = ?2"
            try database.execute(sql: sql, arguments: [now, run])
        }
    }

    /// An error of the database in its own words, without the values of the statement.
    package static func text(of error: any Error) -> String {
        guard let error = error as? DatabaseError else { return "\(error)" }
        return "\(error.message ?? "failed") (SQLite \(error.extendedResultCode.rawValue))"
    }
}

// SPDX-License-Identifier: Apache-2.0
import CallRecords
import GRDB

#if canImport(Musl)
import Musl
#else
import Glibc
#endif

/// The spool of a server that may be running, for people.
package struct SpoolAccess: Sendable {
    private let queue: DatabaseQueue
    private let path: String

    /// Opens a spool that is there.
    ///
    /// - Throws: ``WebhookError`` when there is none, or it is of another version.
    package init(path: String) throws(WebhookError) {
        self.path = path
        do {
            guard unsafe access(path, F_OK) == 0 else {
                throw WebhookError("there is none; a server with `webhooks.spool` makes it")
            }
            queue = try WebhookSpool.connect(path, synchronous: "FULL")
            let migrator = SpoolMigrations.migrator
            let (isNewer, isCurrent) = try queue.read { database in
                try (migrator.hasBeenSuperseded(database), migrator.hasCompletedMigrations(database))
            }
            guard !isNewer, isCurrent else {
                throw WebhookError("is no spool of this version; a server that opens it brings it up to date")
            }
        } catch {
            throw WebhookError("webhooks \(path): \(RecordStore.text(of: error))")
        }
    }

    /// Events, the earliest first.
    ///
    /// - Parameters:
    ///   - isDead: dead letters, or what waits; nil for both.
    ///   - limit: most that are told.
    /// - Returns: the events.
    /// - Throws: ``WebhookError``.
    package func events(isDead: Bool?, limit: Int) throws -> [SpooledEvent] {
        try reporting { try queue.read { try WebhookSpool.events(in: $0, isDead: isDead, limit: limit) } }
    }

    /// Makes dead letters of events that wait, so that what is behind them goes on.
    ///
    /// - Parameters:
    ///   - eventIDs: which, by the event's id or the number in the spool.
    ///   - endpoint: of one endpoint alone; nil for every.
    ///   - now: milliseconds since 1970, from which they are kept as dead letters are.
    /// - Returns: how many.
    /// - Throws: ``WebhookError``.
    package func drop(_ eventIDs: [String], endpoint: String?, now: Int64) throws -> Int {
        try change(
            """
            UPDATE delivery SET state = 'dead', since = ?, trouble = '\(WebhookSpool.byHand)' || coalesce('; ' || trouble, '')
            WHERE state = 'waiting'
            """,
            now,
            eventIDs,
            endpoint
        )
    }

    /// Has dead letters tried again, as if they had happened now but in the order in which they did.
    ///
    /// - Parameters:
    ///   - eventIDs: which, by the event's id or the number in the spool; nil for all.
    ///   - endpoint: of one endpoint alone; nil for every.
    ///   - now: milliseconds since 1970.
    /// - Returns: how many.
    /// - Throws: ``WebhookError``.
    package func retry(_ eventIDs: [String]?, endpoint: String?, now: Int64) throws -> Int {
        try change("UPDATE delivery SET state = 'waiting', since = ? WHERE state = 'dead'", now, eventIDs, endpoint)
    }

    /// Changes the events that a statement takes, are named, and wait for an endpoint; how many.
    private func change(_ statement: String, _ now: Int64, _ eventIDs: [String]?, _ endpoint: String?) throws -> Int {
        try reporting {
            try queue.write { database in
                var sql = statement
                var arguments: [any DatabaseValueConvertible] = [now]
                if let eventIDs {
                    let marks = databaseQuestionMarks(count: eventIDs.count)
                    sql += " AND (event_id IN (\(marks)) OR CAST(id AS TEXT) IN (\(marks)))"
                    arguments += eventIDs + eventIDs
                }
                if let endpoint {
                    sql += " AND endpoint = ?"
                    arguments.append(endpoint)
                }
                try database.execute(sql: sql, arguments: StatementArguments(arguments))
                return database.changesCount
            }
        }
    }

    private func reporting<Result>(_ body: () throws -> Result) throws -> Result {
        do {
            return try body()
        } catch {
            throw WebhookError("webhooks \(path): \(RecordStore.text(of: error))")
        }
    }
}

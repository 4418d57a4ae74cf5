// SPDX-License-Identifier: Apache-2.0
import BridgeConfiguration
import CallModel
import CallRecords
import Dialects
import GRDB

// Events into the spool.
extension WebhookSpool {
    /// How long a dead letter is kept, in milliseconds: 30 days.
    private static let deadLetterAge: Int64 = 30 * 86_400_000

    /// Puts entries into the spool in one transaction: all of them, or none when it throws.
    ///
    /// - Parameters:
    ///   - entries: what happened, in order.
    ///   - now: milliseconds since 1970, by a clock that nobody sets while the program runs.
    /// - Returns: what changed.
    /// - Throws: what the database says.
    func write(_ entries: [SpoolEntry], now: Int64) async throws -> SpoolChange {
        try await writing.write { database in
            var change = SpoolChange()
            var room: [String: Int] = [:]
            for endpoint in self.endpoints { room[endpoint.name] = try self.room(of: endpoint.name, in: database) }
            for entry in entries {
                var isPassing = false
                switch entry {
                case .began(let number, let facts, _):
                    let data = Self.text(JSONValue.object(facts.data).encoded)
                    try database.execute(
                        sql: "INSERT INTO live (run, number, call_id, data) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
                        arguments: [self.run, number, facts.start.callID.rawValue, data]
                    )
                case .ended(let number, _):
                    try database.execute(
                        sql: "DELETE FROM live WHERE run = ? AND number = ?",
                        arguments: [self.run, number]
                    )
                case .passing: isPassing = true
                case .happened: break
                }
                for event in entry.events {
                    let text = Self.text(JSONValue.object(event.data).encoded)
                    for endpoint in self.endpoints where endpoint.events.contains(event.type) {
                        let left = room[endpoint.name] ?? 0
                        guard left > 0 || !isPassing else {
                            change.dropped += 1
                            continue
                        }
                        try Self.insert(event, data: text, for: endpoint.name, since: now, in: database)
                        change.added[endpoint.name, default: 0] += database.changesCount
                        room[endpoint.name] = left - 1
                    }
                }
            }
            for (endpoint, left) in room where left < 0 {
                change.dead[endpoint] = try Self.giveUpOldest(-left, of: endpoint, in: database)
            }
            if !change.dead.isEmpty { change.dropped += try self.sweep(now: now, in: database) }
            return change
        }
    }

    /// How many more events may wait for an endpoint; negative where there are too many.
    private func room(of endpoint: String, in database: Database) throws -> Int {
        // The first and the last number tell enough while there are few, and cost nothing.
        let span = try Row.fetchOne(
            database,
            sql: "SELECT min(id), max(id) FROM delivery WHERE endpoint = ? AND state = 'waiting'",
            arguments: [endpoint]
        )
        guard let span, let first = span[0] as Int64?, let last = span[1] as Int64? else { return backlog }
        if last - first + 1 < Int64(backlog / 2) { return backlog - Int(last - first + 1) }
        let sql = "SELECT count(*) FROM delivery WHERE endpoint = ? AND state = 'waiting'"
        return backlog - (try Int.fetchOne(database, sql: sql, arguments: [endpoint]) ?? 0)
    }

    static func insert(
        _ event: WebhookEvent,
        data: String,
        for endpoint: String,
        since now: Int64,
        in database: Database
    ) throws {
        let statement = try database.cachedStatement(
            sql: """
                INSERT INTO delivery (endpoint, event_id, type, call_id, event_at, data, state, since)
                VALUES (?, ?, ?, ?, ?, ?, 'waiting', ?) ON CONFLICT DO NOTHING
                """
        )
        statement.setUncheckedArguments([
            endpoint, event.id, event.type.rawValue, event.callID.rawValue, event.time, data, now,
        ])
        try statement.execute()
    }

    /// Makes the oldest events that wait for an endpoint dead letters; how many.
    private static func giveUpOldest(_ count: Int, of endpoint: String, in database: Database) throws -> Int {
        try database.execute(
            sql: """
                UPDATE delivery SET state = 'dead', trouble = coalesce(trouble, 'too many events wait') WHERE id IN (
                    SELECT id FROM delivery WHERE endpoint = ? AND state = 'waiting' ORDER BY id LIMIT ?)
                """,
            arguments: [endpoint, count]
        )
        return database.changesCount
    }

    /// Lets go of dead letters that are too old or too many; how many.
    func sweep(now: Int64, in database: Database) throws -> Int {
        try database.execute(
            sql: """
                DELETE FROM delivery WHERE state = 'dead' AND (since < ? OR id <= (
                    SELECT id FROM delivery WHERE state = 'dead' ORDER BY id DESC LIMIT 1 OFFSET ?))
                """,
            arguments: [now - Self.deadLetterAge, deadLetters]
        )
        return database.changesCount
    }

    static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
}

// SPDX-License-Identifier: Apache-2.0
import GRDB

// Events out of the spool.
extension WebhookSpool {
    private static let columns = """
        id, endpoint, event_id, type, call_id, event_at, state, tries, trouble, data
        """

    /// The first events that wait for an endpoint, in order.
    func waiting(for endpoint: String, limit: Int) async throws -> [SpooledEvent] {
        try await delivering.read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT \(Self.columns) FROM delivery WHERE endpoint = ? AND state = 'waiting' ORDER BY id LIMIT ?
                    """,
                arguments: [endpoint, limit]
            ).map(Self.event)
        }
    }

    /// Forgets what was delivered.
    func remove(_ numbers: [Int64]) async throws {
        try await delivering.write { database in
            let statement = try database.cachedStatement(sql: "DELETE FROM delivery WHERE id = ?")
            for number in numbers { try statement.execute(arguments: [number]) }
        }
    }

    /// What is said of an event that somebody gave up.
    static let byHand = "given up by hand"

    /// Whether somebody gave an event up, or nobody knows it any more.
    func isGivenUpByHand(_ number: Int64) async throws -> Bool {
        try await delivering.read { database in
            let sql = """
                SELECT NOT EXISTS (SELECT 1 FROM delivery WHERE id = ? AND (state = 'waiting' OR trouble NOT LIKE ?))
                """
            return try Bool.fetchOne(database, sql: sql, arguments: [number, Self.byHand + "%"]) ?? false
        }
    }

    /// Notes that an event was sent in vain.
    func note(_ trouble: String, of number: Int64) async throws {
        try await delivering.write { database in
            try database.execute(
                sql: "UPDATE delivery SET tries = tries + 1, trouble = ? WHERE id = ?",
                arguments: [trouble, number]
            )
        }
    }

    /// Makes dead letters of what has waited for an endpoint since before a time.
    func giveUp(_ endpoint: String, before time: Int64, now: Int64) async throws -> SpoolChange {
        try await delivering.write { database in
            try database.execute(
                sql: """
                    UPDATE delivery SET state = 'dead', trouble = coalesce(trouble, 'the endpoint took nothing before it')
                    WHERE endpoint = ? AND state = 'waiting' AND since < ?
                    """,
                arguments: [endpoint, time]
            )
            guard database.changesCount > 0 else { return SpoolChange() }
            let dead = database.changesCount
            return SpoolChange(dead: [endpoint: dead], dropped: try self.sweep(now: now, in: database))
        }
    }

    /// How many events wait for each endpoint and since when, and how many dead letters there are.
    func counts() async throws -> SpoolCounts {
        try await delivering.read { database in
            var counts = SpoolCounts()
            let rows = try Row.fetchAll(
                database,
                sql: "SELECT endpoint, state, count(*) FROM delivery GROUP BY endpoint, state"
            )
            for row in rows {
                if row[1] as String == "waiting" { counts.waiting[row[0]] = row[2] } else { counts.dead += row[2] }
            }
            for name in counts.waiting.keys {
                let sql = "SELECT min(since) FROM delivery WHERE endpoint = ? AND state = 'waiting'"
                counts.oldest[name] = try Int64.fetchOne(database, sql: sql, arguments: [name])
            }
            return counts
        }
    }

    static func event(_ row: Row) -> SpooledEvent {
        SpooledEvent(
            number: row[0],
            endpoint: row[1],
            eventID: row[2],
            type: row[3],
            callID: row[4],
            time: row[5],
            isDead: row[6] as String == "dead",
            tries: row[7],
            trouble: row[8],
            data: row[9]
        )
    }

    /// Events of a kind, the earliest first; nil for all.
    static func events(in database: Database, isDead: Bool?, limit: Int) throws -> [SpooledEvent] {
        let condition = isDead.map { $0 ? "state = 'dead'" : "state = 'waiting'" } ?? "1"
        return try Row.fetchAll(
            database,
            sql: "SELECT \(columns) FROM delivery WHERE \(condition) ORDER BY id LIMIT ?",
            arguments: [limit]
        ).map(event)
    }
}

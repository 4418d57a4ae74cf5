// SPDX-License-Identifier: Apache-2.0
import BridgeConfiguration
import CallModel
import CallRecords
import Dialects
import GRDB

// What dead runs left behind.
extension WebhookSpool {
    /// What was found.
    struct Recovered: Sendable {
        /// Calls whose end is told now.
        var calls = 0
        /// Events of endpoints that there are no more, which become dead letters.
        var orphans = 0
        /// Dead letters that were let go, for their age or their number.
        var dropped = 0
    }

    /// Tells the end of calls whose server died, and gives up what waits for endpoints that are gone.
    ///
    /// - Parameters:
    ///   - time: milliseconds since 1970, as people read it.
    ///   - now: the same by a clock that nobody sets.
    /// - Returns: what was found.
    /// - Throws: what the database says.
    func recover(at time: Int64, now: Int64) async throws -> Recovered {
        try await writing.write { database in
            var recovered = Recovered()
            for run in try Int64.fetchAll(database, sql: "SELECT id FROM run WHERE id <> ?", arguments: [self.run]) {
                guard let lock = RunLock.take(database: self.path, run: run) else { continue }
                let rows = try Row.fetchAll(
                    database,
                    sql: "SELECT call_id, data FROM live WHERE run = ? ORDER BY number",
                    arguments: [run]
                )
                for row in rows { try self.tellEnd(of: row[0], data: row[1], at: time, now: now, in: database) }
                recovered.calls += rows.count
                try database.execute(sql: "DELETE FROM live WHERE run = ?", arguments: [run])
                try database.execute(sql: "DELETE FROM run WHERE id = ?", arguments: [run])
                withExtendedLifetime(lock) {}
            }
            let names = databaseQuestionMarks(count: self.endpoints.count)
            try database.execute(
                sql: """
                    UPDATE delivery SET state = 'dead', trouble = 'the endpoint is not in the configuration'
                    WHERE state = 'waiting' AND endpoint NOT IN (\(names))
                    """,
                arguments: StatementArguments(self.endpoints.map(\.name))
            )
            recovered.orphans = database.changesCount
            recovered.dropped = try self.sweep(now: now, in: database)
            return recovered
        }
    }

    private func tellEnd(of callID: String, data: String, at time: Int64, now: Int64, in database: Database) throws {
        let known = try? JSONDocument.parse(Array(data.utf8))
        guard case .object(var members)? = known else { return }
        members.merge(WebhookEvent.interruption(endedAt: time)) { $1 }
        let text = Self.text(JSONValue.object(members).encoded)
        let event = WebhookEvent(.callEnded, CallID(callID), at: time, .told)
        for endpoint in endpoints where endpoint.events.contains(.callEnded) {
            try Self.insert(event, data: text, for: endpoint.name, since: now, in: database)
        }
    }
}

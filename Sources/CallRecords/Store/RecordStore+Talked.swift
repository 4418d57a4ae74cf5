// SPDX-License-Identifier: Apache-2.0

import BridgeServer
import GRDB

extension RecordStore {
    /// How long recorded calls lasted since a time, by route and tenant; of a call that began before, what lies after it.
    ///
    /// Calls that a run which died left behind count until that run was last known to be alive.
    ///
    /// - Parameter start: milliseconds since 1970.
    /// - Returns: one length for each route and tenant that had a call.
    /// - Throws: GRDB's errors.
    func talked(since start: Int64) throws -> [TalkedTime] {
        // No call lasts longer than a day: see `maximum_call_duration`.
        let sql = """
            SELECT route, tenant, sum(ended_at - max(started_at, ?1)) FROM call
            WHERE started_at > ?1 - 86400000 AND ended_at > ?1 GROUP BY route, tenant ORDER BY route, tenant
            """
        return try queue.read { database in
            try Row.fetchAll(database, sql: sql, arguments: [start]).map { row in
                TalkedTime(route: row[0], tenant: row[1], milliseconds: row[2])
            }
        }
    }
}

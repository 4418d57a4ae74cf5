// SPDX-License-Identifier: Apache-2.0

import GRDB

// What is too old, and what is too much.
extension RecordStore {
    /// Deletes records of calls that are over and too old, and the oldest where there are too many.
    ///
    /// - Parameters:
    ///   - retention: how long and how many.
    ///   - now: milliseconds since 1970.
    ///   - limit: most that are deleted, so that nothing waits long for one sweep.
    /// - Returns: how many were deleted; as many as the limit says that there may be more.
    /// - Throws: what the database says.
    func sweep(_ retention: RecordRetention, now: Int64, limit: Int) throws -> Int {
        try queue.write { database in
            try database.execute(
                sql: """
                    DELETE FROM call WHERE id IN (
                        SELECT id FROM call WHERE started_at < ? AND state <> 'live' ORDER BY started_at LIMIT ?)
                    """,
                arguments: [now - Int64(retention.days) * 86_400_000, limit]
            )
            let old = database.changesCount
            try database.execute(
                sql: """
                    DELETE FROM call WHERE id IN (
                        SELECT id FROM call WHERE state <> 'live'
                            AND id <= (SELECT id FROM call ORDER BY id DESC LIMIT 1 OFFSET ?)
                        ORDER BY id LIMIT ?)
                    """,
                arguments: [retention.calls, limit - old]
            )
            let deleted = old + database.changesCount
            try database.execute(
                sql: """
                    DELETE FROM run WHERE ended_at IS NOT NULL
                        AND NOT EXISTS (SELECT 1 FROM call WHERE call.run = run.id)
                    """
            )
            return deleted
        }
    }
}

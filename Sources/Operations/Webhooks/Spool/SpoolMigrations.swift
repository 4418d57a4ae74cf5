// SPDX-License-Identifier: Apache-2.0
import GRDB

/// The steps from an empty file to the present tables; each is done once, and never changed after it was released.
enum SpoolMigrations {
    static let migrator: DatabaseMigrator = {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("webhooks 1") { database in try database.execute(sql: first) }
        migrator.registerMigration("webhooks 2") { database in
            try database.execute(sql: "CREATE INDEX delivery_since ON delivery (endpoint, state, since)")
        }
        return migrator
    }()

    /// Times are milliseconds since 1970.
    ///
    /// `run` is one life of the program, `live` a call of it that has not ended, and `delivery` an event on its way to one
    /// endpoint: `waiting`, or `dead`. What was delivered has no row.
    private static let first = """
        CREATE TABLE run (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            alive_at INTEGER NOT NULL
        );
        CREATE TABLE live (
            run INTEGER NOT NULL REFERENCES run(id),
            number INTEGER NOT NULL,
            call_id TEXT NOT NULL,
            data TEXT NOT NULL,
            PRIMARY KEY (run, number)
        ) WITHOUT ROWID;
        CREATE TABLE delivery (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            endpoint TEXT NOT NULL,
            event_id TEXT NOT NULL,
            type TEXT NOT NULL,
            call_id TEXT NOT NULL,
            event_at INTEGER NOT NULL,
            data TEXT NOT NULL,
            state TEXT NOT NULL,
            since INTEGER NOT NULL,
            tries INTEGER NOT NULL DEFAULT 0,
            trouble TEXT,
            UNIQUE (endpoint, event_id)
        );
        CREATE INDEX delivery_state ON delivery (endpoint, state, id);
        """
}

// SPDX-License-Identifier: Apache-2.0

import GRDB

/// The steps from an empty file to the present tables; each is done once, and never changed after it was released.
enum RecordMigrations {
    static let migrator: DatabaseMigrator = {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1") { database in try database.execute(sql: first) }
        migrator.registerMigration("2") { database in try database.execute(sql: second) }
        return migrator
    }()

    /// Recordings, how late audio went out, and whose the call was.
    private static let second = """
        ALTER TABLE call ADD COLUMN tenant TEXT;
        ALTER TABLE call ADD COLUMN lateness_ms INTEGER;
        ALTER TABLE call ADD COLUMN recording TEXT;
        ALTER TABLE call ADD COLUMN recording_ms INTEGER;
        ALTER TABLE call ADD COLUMN recording_whole INTEGER;
        """

    /// Times are milliseconds since 1970.
    ///
    /// `run` is one life of the program, `number` a call's within it.
    private static let first = """
        CREATE TABLE run (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            started_at INTEGER NOT NULL,
            alive_at INTEGER NOT NULL,
            ended_at INTEGER
        );
        CREATE TABLE call (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            run INTEGER NOT NULL REFERENCES run(id),
            number INTEGER NOT NULL,
            state TEXT NOT NULL,
            call_id TEXT NOT NULL,
            stream_id TEXT NOT NULL,
            made_up_id INTEGER NOT NULL,
            platform TEXT NOT NULL,
            route TEXT NOT NULL,
            bot TEXT NOT NULL,
            direction TEXT,
            "from" TEXT,
            "to" TEXT,
            codec TEXT NOT NULL,
            sample_rate INTEGER NOT NULL,
            codec_out TEXT NOT NULL,
            sample_rate_out INTEGER NOT NULL,
            started_at INTEGER NOT NULL,
            ended_at INTEGER,
            duration_ms INTEGER,
            ended_by TEXT,
            end_reason TEXT,
            end_detail TEXT,
            digit_count INTEGER,
            digits TEXT,
            transfer TEXT,
            transfer_to TEXT,
            out_of_band TEXT,
            turn_count INTEGER,
            turns TEXT,
            received_ms INTEGER,
            sent_ms INTEGER,
            heard_ms INTEGER,
            dropped_ms INTEGER,
            underruns INTEGER,
            underrun_ms INTEGER,
            interruptions INTEGER,
            false_interruptions INTEGER,
            live_samples_dropped INTEGER,
            malformed_messages INTEGER,
            unknown_messages INTEGER,
            sequence_faults INTEGER,
            odd_bytes INTEGER,
            complaints INTEGER,
            audio_faults TEXT,
            bot_error TEXT,
            bot_overdue INTEGER,
            leaves_caller INTEGER,
            UNIQUE (run, number)
        );
        CREATE INDEX call_started_at ON call(started_at);
        CREATE INDEX call_call_id ON call(call_id);
        CREATE INDEX call_live ON call(run) WHERE state = 'live';
        """
}

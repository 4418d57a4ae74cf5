// SPDX-License-Identifier: Apache-2.0
import BridgeServer
import Foundation
import GRDB
import Logging
import Synchronization
import TestSupport
import Testing

@testable import CallRecords

/// Retention, clocks, versions and the file itself.
@Suite struct StoreTests {
    /// Clocks that a test sets, in milliseconds.
    private final class SetClock: Sendable {
        let times = Mutex((now: Int64(1_772_355_907_250), monotonic: Int64(5_000)))

        var clock: RecordClock {
            var clock = RecordClock()
            clock.now = { self.times.withLock { $0.now } }
            clock.monotonic = { self.times.withLock { $0.monotonic } }
            return clock
        }
    }

    @Test func `A clock that is set back changes no duration`() throws {
        let set = SetClock()
        var recording = try Recording()
        recording.clock = set.clock
        let recorder = try recording.recorder()
        let call = try recorder.begin(Recording.start("a"))
        set.times.withLock { $0.now -= 86_400_000 }
        call.end("a", Recording.summary(duration: .milliseconds(4_321)))
        #expect(recorder.close())
        let record = try #require(try recording.records().first)
        #expect(record[column: "duration_ms"] == .integer(4_321))
        #expect(record[column: "started_at"] == .text("2026-03-01T09:05:07.250Z"))
        #expect(record[column: "ended_at"] == .text("2026-02-28T09:05:07.250Z"))
    }

    @Test func `Old records go, the oldest beyond the most go, and live ones stay`() throws {
        let recording = try Recording()
        let day: Int64 = 86_400_000
        let store = try RecordStore(path: recording.path, now: 0)
        for number in Int64(1)...10 {
            let start = Recording.start("call-\(number)")
            let beginning = CallBeginning(start, number: number, route: "/", bot: "echo", at: number * day)
            var entries = [RecordEntry.began(beginning)]
            if number != 1 {
                let end = CallCompletion(
                    beginning: beginning,
                    summary: Recording.summary(),
                    endedAt: number * day,
                    story: RecordStory()
                )
                entries.append(.completed(end))
            }
            try store.write(entries, now: 0)
        }
        func left() throws -> [String] { try recording.records().map { $0[column: "call_id"].text } }
        // On day 14, those that began before day 4 are too old.
        #expect(try store.sweep(RecordRetention(days: 10, calls: 100), now: 14 * day, limit: 100) == 2)
        #expect(try left() == [1, 4, 5, 6, 7, 8, 9, 10].map { "call-\($0)" })
        #expect(try store.sweep(RecordRetention(days: 10, calls: 3), now: 14 * day, limit: 2) == 2)
        #expect(try left() == [1, 6, 7, 8, 9, 10].map { "call-\($0)" })
        #expect(try store.sweep(RecordRetention(days: 10, calls: 3), now: 14 * day, limit: 100) == 2)
        #expect(try left() == [1, 8, 9, 10].map { "call-\($0)" })
        #expect(try store.sweep(RecordRetention(days: 10, calls: 3), now: 14 * day, limit: 100) == 0)
    }

    /// The tables as version 1 made them, with a run that died and one of its calls.
    private static let version1 = """
        CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY);
        INSERT INTO grdb_migrations VALUES ('1');
        CREATE TABLE run (id INTEGER PRIMARY KEY AUTOINCREMENT, started_at INTEGER NOT NULL,
            alive_at INTEGER NOT NULL, ended_at INTEGER);
        CREATE TABLE call (id INTEGER PRIMARY KEY AUTOINCREMENT, run INTEGER NOT NULL REFERENCES run(id),
            number INTEGER NOT NULL, state TEXT NOT NULL, call_id TEXT NOT NULL, stream_id TEXT NOT NULL,
            made_up_id INTEGER NOT NULL, platform TEXT NOT NULL, route TEXT NOT NULL, bot TEXT NOT NULL, direction TEXT,
            "from" TEXT, "to" TEXT, codec TEXT NOT NULL, sample_rate INTEGER NOT NULL, codec_out TEXT NOT NULL,
            sample_rate_out INTEGER NOT NULL, started_at INTEGER NOT NULL, ended_at INTEGER, duration_ms INTEGER,
            ended_by TEXT, end_reason TEXT, end_detail TEXT, digit_count INTEGER, digits TEXT, transfer TEXT,
            transfer_to TEXT, out_of_band TEXT, turn_count INTEGER, turns TEXT, received_ms INTEGER, sent_ms INTEGER,
            heard_ms INTEGER, dropped_ms INTEGER, underruns INTEGER, underrun_ms INTEGER, interruptions INTEGER,
            false_interruptions INTEGER, live_samples_dropped INTEGER, malformed_messages INTEGER,
            unknown_messages INTEGER, sequence_faults INTEGER, odd_bytes INTEGER, complaints INTEGER, audio_faults TEXT,
            bot_error TEXT, bot_overdue INTEGER, leaves_caller INTEGER, UNIQUE (run, number));
        INSERT INTO run VALUES (7, 1000, 61000, NULL);
        INSERT INTO call (run, number, state, call_id, stream_id, made_up_id, platform, route, bot, codec, sample_rate,
            codec_out, sample_rate_out, started_at)
        VALUES (7, 1, 'live', 'old', 's', 0, 'plivo', '/v1/plivo', 'flow', 'ulaw', 8000, 'ulaw', 8000, 2000);
        """

    @Test func `A file of version 1 is brought up to date, and its calls are kept`() throws {
        let recording = try Recording()
        do {
            let old = try DatabaseQueue(path: recording.path)
            try old.write { try $0.execute(sql: Self.version1) }
        }
        let recorder = try recording.recorder()
        #expect(recorder.counters.recovered == 1)
        try recorder.record("new")
        #expect(recorder.close())
        // The old call began in 1970, and is older than records are kept: it is read before anybody sweeps, or is gone.
        let records = try recording.records()
        #expect(records.last?[column: "call_id"] == .text("new"))
    }

    @Test func `A dead run's call ends when the run was last alive`() throws {
        let recording = try Recording()
        do {
            let old = try DatabaseQueue(path: recording.path)
            try old.write { try $0.execute(sql: Self.version1) }
        }
        let store = try RecordStore(path: recording.path, now: 100_000)
        #expect(store.recovered == 1)
        let record = try #require(try recording.records().first)
        #expect(record[column: "state"] == .text("interrupted"))
        #expect(record[column: "started_at"] == .text("1970-01-01T00:00:02.000Z"))
        #expect(record[column: "ended_at"] == .text("1970-01-01T00:01:01.000Z"))
    }

    @Test func `A file of a newer version is refused, and left as it was`() throws {
        let recording = try Recording()
        do {
            let newer = try DatabaseQueue(path: recording.path)
            try newer.write { database in
                try database.execute(sql: Self.version1)
                try database.execute(sql: "INSERT INTO grdb_migrations VALUES ('999')")
            }
        }
        #expect(throws: CallRecordsError.self) { try recording.recorder() }
        let error = #expect(throws: CallRecordsError.self) { try recording.records() }
        #expect(error?.description.contains("newer version") == true)
    }

    @Test(arguments: ["/no/such/folder/calls.sqlite", "/dev/null/calls.sqlite"])
    func `A place that cannot be used is named`(path: String) throws {
        let error = #expect(throws: CallRecordsError.self) { try RecordStore(path: path, now: 0) }
        #expect(error?.description.hasPrefix("records \(path): cannot be opened") == true)
    }

    @Test func `A file that is no database is refused`() throws {
        let recording = try Recording()
        try Data(repeating: 0x41, count: 4_096).write(to: URL(fileURLWithPath: recording.path))
        let error = #expect(throws: CallRecordsError.self) { try recording.recorder() }
        #expect(error?.description.contains("not a database") == true)
    }

    @Test func `Nobody else may read the files`() throws {
        let recording = try Recording()
        let recorder = try recording.recorder()
        try recorder.record("a")
        recorder.awaitCompleted(1)
        let files = try FileManager.default.contentsOfDirectory(atPath: recording.folder.path)
        #expect(files.count >= 4)
        for file in files {
            let attributes = try FileManager.default.attributesOfItem(atPath: "\(recording.folder.path)/\(file)")
            #expect(attributes[.posixPermissions] as? Int == 0o600, "\(file)")
        }
        #expect(recorder.close())
    }
}

// SPDX-License-Identifier: Apache-2.0
import BridgeConfiguration
import BridgeServer
import GRDB
import Glibc
import Logging
import TestSupport
import Testing

@testable import CallRecords

/// A disk that is full and a database that others lock: nothing is lost, and it is said once.
@Suite struct TroubleTests {
    /// Calls during the trouble; each ends while nothing can be written.
    private static let calls = 40

    /// Another connection, which keeps its transactions open.
    private static func other(_ recording: Recording) throws -> DatabaseQueue {
        var configuration = Configuration()
        configuration.allowsUnsafeTransactions = true
        // The writer may be at it just then.
        configuration.busyMode = .timeout(30)
        return try DatabaseQueue(path: recording.path, configuration: configuration)
    }

    private static func expectToldOnce(_ recording: Recording) {
        #expect(recording.log.told(.error).count == 1)
        #expect(recording.log.told(.notice).filter { $0.contains("written again, none is lost") }.count == 1)
        // Whom it was about is nobody's business.
        #expect(!recording.log.told(.error).joined().contains("5550100"))
    }

    @Test func `A locked database delays records, and loses none`() throws {
        var recording = try Recording()
        recording.settings.backlog = Self.calls
        let recorder = try recording.recorder(calls: 5)
        let other = try Self.other(recording)
        try other.inDatabase { try $0.execute(sql: "BEGIN IMMEDIATE") }
        let live = try recorder.begin(Recording.start("live"))
        for number in 0..<Self.calls { try recorder.record("call-\(number)") }
        #expect(recording.log.awaitError())
        #expect(recorder.counters.isInTrouble && recorder.counters.completed == 0)
        // Four places are left for calls; then the next is refused.
        let more = (0..<5).map { _ in recorder.makeRoom(route: "/") }
        #expect(more.map { $0 != nil } == [true, true, true, true, false])
        #expect(recorder.counters.refused == 1)
        try other.inDatabase { try $0.execute(sql: "COMMIT") }
        live.end("live")
        #expect(recorder.close(within: .seconds(30)))
        let records = try recording.records()
        #expect(records.count == Self.calls + 1)
        #expect(records.allSatisfy { $0[column: "state"] == .text("ended") })
        #expect(recorder.counters.completed == Self.calls + 1 && !recorder.counters.isInTrouble)
        Self.expectToldOnce(recording)
    }

    @Test func `A full database delays records, and loses none`() throws {
        let recording = try Recording()
        let recorder = try recording.recorder()
        // As many pages as there are: SQLite answers as it does on a full disk.
        try recorder.store.queue.inDatabase { database in
            let pages = try Int.fetchOne(database, sql: "PRAGMA page_count") ?? 0
            try database.execute(sql: "PRAGMA max_page_count = \(pages)")
        }
        for number in 0..<Self.calls { try recorder.record("call-\(number)") }
        #expect(recording.log.awaitError())
        #expect(recording.log.told(.error).first?.contains("database or disk is full") == true)
        #expect(recorder.counters.pending > 0)
        try recorder.store.queue.inDatabase { try $0.execute(sql: "PRAGMA max_page_count = 1000000") }
        #expect(recorder.close(within: .seconds(30)))
        #expect(try recording.records().count == Self.calls)
        Self.expectToldOnce(recording)
    }

    @Test func `What could not be written until the end is left to the next run, and said`() throws {
        let recording = try Recording()
        let recorder = try recording.recorder()
        let call = try recorder.begin(Recording.start("a"))
        // Its beginning is written before the trouble begins.
        try recorder.record("b")
        recorder.awaitCompleted(1)
        let other = try Self.other(recording)
        try other.inDatabase { try $0.execute(sql: "BEGIN IMMEDIATE") }
        call.end("a")
        #expect(!recorder.close(within: .milliseconds(1)))
        #expect(recording.log.told(.error).contains { $0.contains("before the end") })
        try other.inDatabase { try $0.execute(sql: "COMMIT") }
    }

    @Test func `Waits double and are bounded, and luck is told with its figures`() {
        var trouble = RecordTrouble()
        var waits: [Int64] = []
        for attempt in 0..<9 {
            #expect(trouble.fail(at: 1_000) == (attempt == 0))
            waits.append(trouble.nextAttempt - 1_000)
        }
        #expect(waits == [100, 200, 400, 800, 1_600, 3_200, 5_000, 5_000, 5_000])
        let told = trouble.succeed(at: 9_000)
        #expect(told?.lasted == 8_000 && told?.attempts == 9)
        #expect(trouble == RecordTrouble() && trouble.succeed(at: 9_001) == nil)
    }
}

extension CallRecorder {
    /// Waits until so many are written.
    func awaitCompleted(_ count: Int) {
        while counters.completed < count { sched_yield() }
    }
}

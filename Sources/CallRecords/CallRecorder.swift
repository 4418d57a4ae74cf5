// SPDX-License-Identifier: Apache-2.0

package import BridgeConfiguration
package import BridgeServer
import CallModel
package import Logging

/// Records calls: one row each, written when it begins and completed once, also when this process is killed in between.
///
/// Event loops only hand over what happened; one thread writes it. A call's place is taken when it is admitted, so that no
/// record is ever dropped: while the disk is full or the database locked, what was handed over waits and is tried again, and
/// when as many wait as may, new calls are refused.
package final class CallRecorder: CallKeeper {
    /// What the recorder did, for metrics.
    package struct Counters: Sendable, Equatable {
        /// Records that were completed.
        package var completed: Int
        /// Calls that are live, or whose record waits.
        package var pending: Int
        /// Calls that were refused because too many records wait.
        package var refused: Int
        /// Transactions that failed and were tried again.
        package var failures: Int
        /// Whether the last one failed.
        package var isInTrouble: Bool
        /// Calls of runs before this one that died with them, and were completed when this one began.
        package var recovered: Int
    }

    let store: RecordStore
    private let queue: RecordQueue
    private let writer: RecordWriter
    private let showsDigits: Bool
    private let clock: RecordClock
    private let logger: Logger

    /// Opens the database, completes what earlier runs left behind, and begins to write.
    ///
    /// - Parameters:
    ///   - path: the database's file; its folder must exist.
    ///   - settings: what is kept, for how long, and how much may wait.
    ///   - calls: calls that the server has at a time, whose places come on top of the backlog.
    ///   - logger: where trouble is told.
    ///   - clock: the system's unless given.
    /// - Throws: ``CallRecordsError`` when the file cannot be used.
    package init(
        path: String,
        settings: RecordsConfiguration,
        calls: Int,
        logger: Logger,
        clock: RecordClock = RecordClock()
    ) throws(CallRecordsError) {
        store = try RecordStore(path: path, now: clock.now())
        queue = RecordQueue(capacity: calls + settings.backlog)
        showsDigits = settings.digits == .shown
        self.clock = clock
        self.logger = logger
        let retention = RecordRetention(days: settings.keepDays, calls: settings.keepCalls)
        writer = RecordWriter(store: store, queue: queue, retention: retention, clock: clock, logger: logger)
        if store.recovered > 0 {
            logger.warning(
                "calls that an earlier run left behind are recorded as interrupted",
                metadata: ["calls": "\(store.recovered)", "file": "\(path)"]
            )
        }
        writer.start()
    }

    package func makeRoom(route: String) -> (any CallObserver)? { makeRoom(route: route, tenant: nil) }

    package func makeRoom(route: String, tenant: String?) -> (any CallObserver)? {
        guard let number = queue.takePlace() else { return nil }
        return CallPlace(number: number, tenant: tenant, queue: queue, showsDigits: showsDigits, clock: clock.now)
    }

    package func talked(since unixSeconds: Int) throws -> [TalkedTime] {
        try store.talked(since: Int64(unixSeconds) * 1_000)
    }

    /// What the recorder did so far.
    package var counters: Counters {
        let figures = writer.current
        return Counters(
            completed: figures.completed,
            pending: queue.places,
            refused: queue.refused,
            failures: figures.failures,
            isInTrouble: figures.isInTrouble,
            recovered: store.recovered
        )
    }

    /// Takes no more calls, writes what waits, and closes the database; blocks its thread, so long at most.
    ///
    /// - Returns: whether everything was written; what was not is said in the log, and the next run completes those calls as
    ///   interrupted.
    @discardableResult
    package func close(within limit: Duration = .seconds(10)) -> Bool {
        queue.close()
        guard !writer.wait(milliseconds: Int(limit.wholeMilliseconds)) else { return true }
        logger.error(
            "the records of calls that are over could not be written before the end",
            metadata: ["calls": "\(queue.places)", "file": "\(store.path)"]
        )
        return false
    }
}

// SPDX-License-Identifier: Apache-2.0

import Foundation
import Logging
import Synchronization

/// The one thread that writes: it takes what waits, writes it in one transaction, and keeps it until that has succeeded.
final class RecordWriter: Sendable {
    /// How the writing goes.
    struct Figures: Sendable {
        var completed = 0
        var failures = 0
        var isInTrouble = false
        var isOver = false
    }

    /// Most entries of one transaction.
    private static let batch = 1_000
    /// How often a run with live calls says that it lives, in milliseconds.
    private static let heartbeat: Int64 = 10_000
    /// How often old records are looked for, in milliseconds.
    private static let sweepInterval: Int64 = 600_000
    /// Most records that one sweep deletes.
    private static let sweepLimit = 2_000

    private let store: RecordStore
    private let queue: RecordQueue
    private let retention: RecordRetention
    private let clock: RecordClock
    private let logger: Logger
    private let figures = Mutex(Figures())
    private let ended = SteadySemaphore()
    private let presumedTime: @Sendable () -> Int64

    init(store: RecordStore, queue: RecordQueue, retention: RecordRetention, clock: RecordClock, logger: Logger) {
        self.store = store
        self.queue = queue
        self.retention = retention
        self.clock = clock
        self.logger = logger
        presumedTime = clock.presumed()
    }

    var current: Figures { figures.withLock { $0 } }

    /// Starts the thread.
    func start() {
        let thread = Thread { [self] in
            run()
            figures.withLock { $0.isOver = true }
            ended.signal()
        }
        thread.name = "records"
        thread.start()
    }

    /// Waits for the thread, blocking; false when it is not over in time.
    func wait(milliseconds: Int) -> Bool {
        guard ended.wait(milliseconds: milliseconds) else { return false }
        // Whoever asks again is told the same.
        ended.signal()
        return true
    }

    private func run() {
        var waiting: ArraySlice<RecordEntry> = []
        var trouble = RecordTrouble()
        var nextSweep = clock.monotonic()
        var nextHeartbeat = nextSweep + Self.heartbeat
        while true {
            if waiting.isEmpty { waiting = queue.takeAll()[...] }
            let now = clock.monotonic()
            if now >= trouble.nextAttempt {
                let isIdle = waiting.isEmpty
                if isIdle, trouble.since == nil, queue.isClosed, queue.isEmpty { return finish() }
                do {
                    if !isIdle {
                        try write(&waiting)
                    } else if now >= nextHeartbeat, queue.places > 0 {
                        try store.note(alive: clock.now())
                    } else if now >= nextSweep {
                        let deleted = try store.sweep(retention, now: presumedTime(), limit: Self.sweepLimit)
                        nextSweep = deleted < Self.sweepLimit ? now + Self.sweepInterval : now
                    } else if trouble.since != nil {
                        try store.note(alive: clock.now())
                    }
                    if !isIdle || now >= nextHeartbeat { nextHeartbeat = now + Self.heartbeat }
                    tell(success: trouble.succeed(at: clock.monotonic()))
                } catch {
                    tell(failure: error, isFirst: trouble.fail(at: clock.monotonic()))
                }
            }
            guard trouble.since != nil || waiting.isEmpty else { continue }
            let due = trouble.since == nil ? min(nextSweep, nextHeartbeat) : trouble.nextAttempt
            let wait = due - clock.monotonic()
            if wait > 0, trouble.since != nil || queue.isEmpty { queue.wait(milliseconds: min(wait, Self.heartbeat)) }
        }
    }

    /// Writes the first of what waits, and gives back the places of the calls that are complete then.
    private func write(_ waiting: inout ArraySlice<RecordEntry>) throws {
        let batch = waiting.prefix(Self.batch)
        try store.write(Array(batch), now: clock.now())
        waiting = waiting.dropFirst(Self.batch)
        let over = batch.count(where: \.isLast)
        figures.withLock { $0.completed += over }
        queue.leavePlaces(over)
    }

    private func finish() {
        do {
            try store.end(now: clock.now())
        } catch {
            let cause = RecordStore.text(of: error)
            logger.error("the records were not closed: \(cause)", metadata: ["file": "\(store.path)"])
        }
    }

    private func tell(failure error: any Error, isFirst: Bool) {
        figures.withLock { figures in
            figures.failures += 1
            figures.isInTrouble = true
        }
        guard isFirst else { return }
        logger.error(
            "records cannot be written; they wait in memory, and it is tried again: \(RecordStore.text(of: error))",
            metadata: ["file": "\(store.path)", "calls": "\(queue.places)"]
        )
    }

    private func tell(success: (lasted: Int64, attempts: Int)?) {
        guard let success else { return }
        figures.withLock { $0.isInTrouble = false }
        logger.notice(
            "records are written again, none is lost",
            metadata: [
                "file": "\(store.path)", "milliseconds": "\(success.lasted)", "attempts": "\(success.attempts)",
            ]
        )
    }
}

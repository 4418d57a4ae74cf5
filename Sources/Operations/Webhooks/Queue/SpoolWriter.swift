// SPDX-License-Identifier: Apache-2.0
import CallRecords
import Logging

/// The one task that puts events into the spool: it takes what waits, writes it in one transaction, and keeps it until that
/// has succeeded.
struct SpoolWriter: Sendable {
    /// Most entries of one transaction.
    private static let batch = 500
    /// How often the spool is counted, in milliseconds.
    private static let countInterval: Int64 = 5_000

    let spool: WebhookSpool
    let queue: WebhookQueue
    let counts: WebhookCounts
    let clock: RecordClock
    let steady: @Sendable () -> Int64
    let logger: Logger
    /// Called when there is something new for the endpoints.
    let announce: @Sendable () -> Void

    /// Writes until the queue is closed and empty, or the task is cancelled.
    ///
    /// - Returns: whether everything was written.
    func run() async -> Bool {
        var waiting: ArraySlice<SpoolEntry> = []
        var trouble = RecordTrouble()
        var nextCount = clock.monotonic()
        var told = SaidLosses()
        while !Task.isCancelled {
            if waiting.isEmpty { waiting = queue.takeAll()[...] }
            let now = clock.monotonic()
            if now >= trouble.nextAttempt {
                do {
                    if waiting.isEmpty {
                        if queue.isOver { return true }
                    } else {
                        try await write(&waiting)
                        tell(success: trouble.succeed(at: clock.monotonic()))
                    }
                    if now >= nextCount {
                        nextCount = now + Self.countInterval
                        counts.hold(try await spool.counts())
                        tell(losses: told.take(losses, at: now))
                    }
                } catch {
                    tell(failure: error, isFirst: trouble.fail(at: clock.monotonic()))
                }
            }
            guard trouble.since != nil || waiting.isEmpty else { continue }
            let due = trouble.since == nil ? nextCount : trouble.nextAttempt
            let wait = due - clock.monotonic()
            if wait > 0, trouble.since != nil || queue.count == 0 { await queue.bell.wait(milliseconds: wait) }
        }
        return false
    }

    /// Writes the first of what waits, and gives back the places of the calls whose end is safe then.
    private func write(_ waiting: inout ArraySlice<SpoolEntry>) async throws {
        let batch = Array(waiting.prefix(Self.batch))
        let change = try await spool.write(batch, now: steady())
        waiting = waiting.dropFirst(Self.batch)
        let over = batch.count { if case .ended = $0 { true } else { false } }
        queue.leavePlaces(over)
        for (name, dead) in change.dead {
            logger.error(
                "too many events wait for an endpoint; the oldest became dead letters",
                metadata: ["endpoint": "\(name)", "events": "\(dead)"]
            )
        }
        counts.add(change)
        announce()
    }

    private func tell(failure error: any Error, isFirst: Bool) {
        counts.update { counters in
            counters.failures += 1
            counters.isInTrouble = true
        }
        guard isFirst else { return }
        logger.error(
            "events cannot be put into the spool; they wait in memory, and it is tried again: \(RecordStore.text(of: error))",
            metadata: ["file": "\(spool.path)", "calls": "\(queue.places)"]
        )
    }

    private var losses: Int { counts.current.dropped + queue.losses.dropped }

    private func tell(losses: Int?) {
        guard let losses else { return }
        logger.warning(
            "events were left out, or dead letters let go, since too many wait; no call's end is among the events",
            metadata: ["file": "\(spool.path)", "events": "\(losses)"]
        )
    }

    private func tell(success: (lasted: Int64, attempts: Int)?) {
        guard let success else { return }
        counts.update { $0.isInTrouble = false }
        logger.notice(
            "events are put into the spool again, no call's end is lost",
            metadata: [
                "file": "\(spool.path)", "milliseconds": "\(success.lasted)", "attempts": "\(success.attempts)",
            ]
        )
    }
}

// SPDX-License-Identifier: Apache-2.0
import CallRecords
import Logging
import Synchronization

// The tasks.
extension WebhookSender {
    /// How often a spool is looked at for what other programs put there, in milliseconds.
    private static let glance: Int64 = 2_000
    /// How often the right to deliver is asked for while another process has it, in milliseconds.
    private static let patience: Int64 = 250

    /// Begins to write and to send; once.
    package func start() {
        work.withLock { work in
            guard work == nil else { return }
            let writer = SpoolWriter(
                spool: spool,
                queue: queue,
                counts: counts,
                clock: clock,
                steady: { [self] in steadyTime },
                logger: logger
            ) { [bells] in
                for bell in bells { bell.ring() }
            }
            work = (Task { await writer.run() }, Task { await deliver() })
        }
    }

    /// Takes no more calls, puts what happened into the spool, sends for a while, and stops; the rest is for the next run.
    ///
    /// - Parameters:
    ///   - writing: how long the spool may take.
    ///   - sending: how long endpoints may take then.
    /// - Returns: whether everything is in the spool; what is not is said in the log.
    @discardableResult
    package func close(writing: Duration = .seconds(10), sending: Duration = .seconds(5)) async -> Bool {
        guard let work = work.withLock({ $0 }) else { return true }
        queue.close()
        let isWritten = await work.writer.value(cancelledAfter: writing)
        isClosing.store(true, ordering: .releasing)
        for bell in bells { bell.ring() }
        await work.delivery.value(cancelledAfter: sending)
        if isWritten {
            // What is left behind by a database that cannot be written is found by the next run.
            try? spool.end()
        } else {
            logger.error(
                "events could not be put into the spool before the end; the next run tells the ends of their calls",
                metadata: ["calls": "\(queue.places)", "file": "\(spool.path)"]
            )
        }
        return isWritten
    }

    /// Sends what is in the spool, for as long as this process alone may.
    private func deliver() async {
        var lock = spool.takeDelivery()
        if lock == nil {
            logger.notice("another process sends what is in the spool of webhooks", metadata: ["file": "\(spool.path)"])
        }
        let idle = Doorbell()
        while lock == nil, !Task.isCancelled, !isClosing.load(ordering: .acquiring) {
            await idle.wait(milliseconds: Self.patience)
            lock = spool.takeDelivery()
        }
        guard let lock else { return }
        var isFirst = true
        while await !recover(isFirst: isFirst), !Task.isCancelled, !isClosing.load(ordering: .acquiring) {
            isFirst = false
            await idle.wait(milliseconds: Self.glance)
        }
        await withTaskGroup(of: Void.self) { group in
            for (delivery, bell) in zip(deliveries, bells) {
                group.addTask { await self.run(delivery, bell) }
            }
        }
        withExtendedLifetime(lock) {}
    }

    private func run(_ delivery: EndpointDelivery, _ bell: Doorbell) async {
        while !Task.isCancelled {
            switch await delivery.step() {
            case .again: continue
            case .idle:
                if isClosing.load(ordering: .acquiring) { return }
                await bell.wait(milliseconds: Self.glance)
            case .at(let time):
                if isClosing.load(ordering: .acquiring) { return }
                await bell.wait(milliseconds: min(Self.glance, max(1, time - clock.monotonic())))
            }
        }
    }

    /// Tells the ends of calls whose server died; false when the spool could not be used, which is said the first time.
    func recover(isFirst: Bool = true) async -> Bool {
        do {
            let recovered = try await spool.recover(at: clock.now(), now: steadyTime)
            counts.update { counters in
                counters.recovered = recovered.calls
                counters.dropped += recovered.dropped
            }
            if recovered.calls > 0 {
                logger.warning(
                    "calls that an earlier run left behind are told as interrupted",
                    metadata: ["calls": "\(recovered.calls)", "file": "\(spool.path)"]
                )
            }
            if recovered.orphans > 0 {
                logger.warning(
                    "events of endpoints that are not in the configuration became dead letters",
                    metadata: ["events": "\(recovered.orphans)", "file": "\(spool.path)"]
                )
            }
            return true
        } catch {
            counts.update { $0.failures += 1 }
            guard isFirst, !Task.isCancelled else { return false }
            logger.error(
                "the spool of webhooks cannot be used; what earlier runs left waits: \(RecordStore.text(of: error))",
                metadata: ["file": "\(spool.path)"]
            )
            return false
        }
    }
}

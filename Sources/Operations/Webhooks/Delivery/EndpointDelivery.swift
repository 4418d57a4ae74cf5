// SPDX-License-Identifier: Apache-2.0
import BridgeConfiguration
import CallModel
import CallRecords
import Logging

/// Delivers what waits for one endpoint, in order and one at a time.
actor EndpointDelivery {
    /// When there is something to do again.
    enum Step: Sendable, Equatable {
        /// At once.
        case again
        /// When something is added.
        case idle
        /// At a time of the clock that nobody sets, in milliseconds.
        case at(Int64)
    }

    /// Most events that are read at a time.
    private static let batch = 32
    /// How often it is looked whether somebody gave up what an endpoint refuses, in milliseconds.
    private static let lookInterval: Int64 = 2_000

    private let spool: WebhookSpool
    private let client: EndpointClient
    private let counts: WebhookCounts
    private let clock: RecordClock
    private let steady: @Sendable () -> Int64
    private let chance: @Sendable () -> Double
    private let logger: Logger

    private var waiting: ArraySlice<SpooledEvent> = []
    /// What was delivered and is not noted in the spool.
    private var delivered: [Int64] = []
    private var pace = EndpointPace()
    /// The event that was sent in vain last.
    private var failed: Int64?
    /// When to look whether somebody gave it up.
    private var nextLook: Int64 = 0
    private var trouble = RecordTrouble()

    init(
        client: EndpointClient,
        spool: WebhookSpool,
        counts: WebhookCounts,
        clock: RecordClock,
        steady: @escaping @Sendable () -> Int64,
        chance: @escaping @Sendable () -> Double,
        logger: Logger
    ) {
        self.client = client
        self.spool = spool
        self.counts = counts
        self.clock = clock
        self.steady = steady
        self.chance = chance
        self.logger = logger
    }

    /// The endpoint's name.
    nonisolated var name: String { client.endpoint.name }

    /// Does the next thing there is to do.
    func step() async -> Step {
        let now = clock.monotonic()
        guard now >= trouble.nextAttempt else { return .at(trouble.nextAttempt) }
        do {
            let step = try await deliverNext(now)
            if let told = trouble.succeed(at: clock.monotonic()) { tellSpool(told) }
            return step
        } catch {
            if Task.isCancelled { return .idle }
            let isFirst = trouble.fail(at: clock.monotonic())
            counts.update { $0.failures += 1 }
            if isFirst {
                logger.error(
                    "the spool of webhooks cannot be used; delivery waits: \(RecordStore.text(of: error))",
                    metadata: ["endpoint": "\(name)", "file": "\(spool.path)"]
                )
            }
            return .at(trouble.nextAttempt)
        }
    }

    private func deliverNext(_ now: Int64) async throws -> Step {
        // What was delivered is noted before anything else is sent, so that little is sent twice.
        if !delivered.isEmpty {
            try await spool.remove(delivered)
            delivered = []
        }
        if now < pace.nextAttempt {
            guard try await isFreed(now) else { return .at(pace.nextAttempt) }
        }
        if waiting.isEmpty { waiting = try await spool.waiting(for: name, limit: Self.batch)[...] }
        guard let event = waiting.first else { return .idle }
        switch await client.send(event, now: clock.now()) {
        case .stopped: return .idle
        case .delivered:
            waiting.removeFirst()
            delivered.append(event.number)
            counts.delivered(to: name)
            if let told = pace.succeed(at: clock.monotonic()) { tellEndpoint(told) }
            try await spool.remove(delivered)
            delivered = []
            return .again
        case .failed(let reason, let asked):
            try await fail(event, reason, asked: asked)
            return .at(pace.nextAttempt)
        }
    }

    /// Whether somebody gave up the event that was refused, so that the next need not wait.
    private func isFreed(_ now: Int64) async throws -> Bool {
        guard let failed, now >= nextLook else { return false }
        nextLook = now + Self.lookInterval
        guard try await spool.isGivenUpByHand(failed) else { return false }
        self.failed = nil
        return true
    }

    private func fail(_ event: SpooledEvent, _ reason: String, asked: Int64?) async throws {
        let isFirst = pace.fail(at: clock.monotonic(), asked: asked, chance: chance())
        counts.failed(name)
        if isFirst {
            logger.warning(
                "an endpoint of webhooks fails; its events wait, and are tried again: \(reason)",
                metadata: ["endpoint": "\(name)", "event": "\(event.type)", "try": "\(event.tries)"]
            )
        }
        // Read anew next time: others may have become dead letters since.
        waiting = []
        failed = event.number
        nextLook = clock.monotonic() + Self.lookInterval
        try await spool.note(reason, of: event.number)
        guard pace.isHopeless else { return }
        let now = steady()
        let oldest = now - client.endpoint.maximumAge.wholeMilliseconds
        let change = try await spool.giveUp(name, before: oldest, now: now)
        counts.add(change)
        guard let dead = change.dead[name] else { return }
        logger.error(
            "events became dead letters, since the endpoint took none for too long; see `voicebridge webhooks list`",
            metadata: ["endpoint": "\(name)", "events": "\(dead)", "cause": "\(reason)"]
        )
    }

    private func tellEndpoint(_ told: (lasted: Int64, attempts: Int)) {
        counts.recovered(name)
        logger.notice(
            "an endpoint of webhooks takes events again",
            metadata: ["endpoint": "\(name)", "milliseconds": "\(told.lasted)", "attempts": "\(told.attempts)"]
        )
    }

    private func tellSpool(_ told: (lasted: Int64, attempts: Int)) {
        logger.notice(
            "the spool of webhooks can be used again",
            metadata: ["endpoint": "\(name)", "milliseconds": "\(told.lasted)", "attempts": "\(told.attempts)"]
        )
    }
}

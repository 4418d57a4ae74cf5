// SPDX-License-Identifier: Apache-2.0
package import BridgeConfiguration
package import CallRecords
package import Logging
package import OutboundHTTP
import Synchronization

/// Sends spans to a collector, in batches and by one task; whoever hands one over never waits.
///
/// A collector that is down is tried again for as long as it takes. What finds no room meanwhile is left out and counted: the
/// oldest spans are kept, since a trace's first ones say most of it.
package final class SpanExporter: Sendable {
    /// Most spans that wait.
    static let maximumWaiting = 10_000
    /// Most spans of one request.
    static let batch = 500
    /// The longest time that a span waits for others, in milliseconds.
    static let interval: Int64 = 2_000
    /// The longest wait after a failure, in milliseconds.
    static let longestWait: Int64 = 30_000

    struct State {
        var waiting: [FinishedSpan] = []
        var counters = TraceCounters()
        var isClosing = false
    }

    let state = Mutex(State())
    let bell = Doorbell()
    let collector: CollectorClient
    private let document: OTLPDocument
    let clock: RecordClock
    let chance: @Sendable () -> Double
    let logger: Logger
    private let work = Mutex<Task<Void, Never>?>(nil)

    /// An exporter; nothing is sent before ``start()``.
    ///
    /// - Parameters:
    ///   - settings: where spans go.
    ///   - version: the program's version.
    ///   - instance: what tells this process from others of the same name; made at random.
    ///   - client: carries the requests.
    ///   - logger: where trouble is told.
    ///   - clock: the system's unless given.
    ///   - chance: gives random numbers from 0 to 1, for waits.
    package init(
        _ settings: TracesConfiguration,
        version: String,
        instance: String = WebhookEvent.newID(),
        client: any HTTPClient,
        logger: Logger,
        clock: RecordClock = RecordClock(),
        chance: @escaping @Sendable () -> Double = { Double.random(in: 0...1) }
    ) {
        collector = CollectorClient(settings: settings, client: client)
        document = OTLPDocument(
            resource: [
                ("service.name", settings.serviceName), ("service.version", version), ("service.instance.id", instance),
            ],
            version: version
        )
        self.clock = clock
        self.chance = chance
        self.logger = logger
    }

    /// What became of spans.
    package var counters: TraceCounters {
        state.withLock { state in
            var counters = state.counters
            counters.pending += state.waiting.count
            return counters
        }
    }

    /// Takes a span that is over.
    func take(_ span: FinishedSpan) {
        let isBatch = state.withLock { state in
            guard state.waiting.count + state.counters.pending < Self.maximumWaiting, !state.isClosing else {
                state.counters.dropped += 1
                return false
            }
            state.waiting.append(span)
            return state.waiting.count == Self.batch
        }
        if isBatch { bell.ring() }
    }

    /// Begins to send; once.
    package func start() {
        work.withLock { work in
            guard work == nil else { return }
            work = Task { await run() }
        }
    }

    /// Takes no more spans, tries once to send what waits, and stops.
    ///
    /// - Parameter limit: how long that may take.
    package func close(within limit: Duration = .seconds(3)) async {
        state.withLock { $0.isClosing = true }
        bell.ring()
        await work.withLock { $0 }?.value(cancelledAfter: limit)
        let left = state.withLock { state in
            let left = state.waiting.count + state.counters.pending
            state.counters.dropped += left
            state.counters.pending = 0
            state.waiting = []
            return left
        }
        guard left > 0 else { return }
        logger.warning("spans were not sent before the end", metadata: ["spans": "\(left)"])
    }

    private func run() async {
        var backlog: ArraySlice<FinishedSpan> = []
        var pace = EndpointPace(longestWait: Self.longestWait)
        var told = SaidLosses()
        while !Task.isCancelled {
            // Before what waits is taken: what was handed over until then is sent.
            let isClosing = state.withLock { $0.isClosing }
            if backlog.isEmpty { backlog = takeAll() }
            let now = clock.monotonic()
            if !backlog.isEmpty, isClosing || now >= pace.nextAttempt {
                let isSettled = await send(backlog.prefix(Self.batch), &pace)
                if isSettled { backlog = backlog.dropFirst(Self.batch) } else if isClosing { return }
            } else if isClosing {
                return
            } else {
                if pace.failures == 0, let lost = told.take(counters.dropped, at: now) { tell(lost: lost) }
                await bell.wait(milliseconds: backlog.isEmpty ? Self.interval : pace.nextAttempt - now)
            }
        }
    }

    private func takeAll() -> ArraySlice<FinishedSpan> {
        state.withLock { state in
            defer { state.waiting = [] }
            state.counters.pending = state.waiting.count
            return state.waiting[...]
        }
    }

    /// Sends some spans; whether they are settled, one way or the other.
    private func send(_ batch: ArraySlice<FinishedSpan>, _ pace: inout EndpointPace) async -> Bool {
        let count = batch.count
        switch await collector.send(document.encoded(batch)) {
        case .stopped: return false
        case .taken(let rejected, let reason):
            settle(taken: max(0, count - rejected), refused: min(count, rejected))
            if rejected > 0 { tell(refused: rejected, reason) }
            if let told = pace.succeed(at: clock.monotonic()) { tell(recovered: told) }
            return true
        case .refused(let reason):
            settle(taken: 0, refused: count)
            fail(&pace, nil, "these are given up: \(reason)")
            return true
        case .unavailable(let reason, let asked):
            fail(&pace, asked, "it is tried again: \(reason)")
            return false
        }
    }

    private func settle(taken: Int, refused: Int) {
        state.withLock { state in
            state.counters.exported += taken
            state.counters.failed += refused
            state.counters.pending -= taken + refused
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package import BridgeConfiguration
package import BridgeServer
package import CallModel
package import CallRecords
package import CallSession
package import Logging
package import OutboundHTTP
import Synchronization

/// Tells endpoints what happens to calls: each event at least once, in order, also after this process was killed.
///
/// Event loops only hand over what happened; one task puts it into a database, and a task for each endpoint sends it from
/// there. A call's place is taken when it is admitted, so that its end is never left out.
package final class WebhookSender: CallKeeper {
    let spool: WebhookSpool
    let queue: WebhookQueue
    let counts: WebhookCounts
    let deliveries: [EndpointDelivery]
    let clock: RecordClock
    let logger: Logger
    private let wanted: Set<WebhookEventType>
    private let showsDigits: Bool
    /// Milliseconds since 1970 and of the monotonic clock, when the sender was made.
    private let origin: (time: Int64, monotonic: Int64)
    /// The traces of calls, for what is sent of them.
    private let contexts: RecentContexts
    let bells: [Doorbell]
    let work = Mutex<(writer: Task<Bool, Never>, delivery: Task<Void, Never>)?>(nil)
    /// Whether deliveries stop when nothing waits any more.
    let isClosing = Atomic(false)

    /// Ends of calls that may wait for the disk, beyond those of live calls.
    private static let room = 10_000

    /// Opens the spool; nothing is sent before ``start()``.
    ///
    /// - Parameters:
    ///   - path: the spool's file; its folder must exist.
    ///   - settings: who is told what.
    ///   - calls: calls that the server has at a time.
    ///   - client: carries the requests.
    ///   - logger: where trouble is told.
    ///   - clock: the system's unless given.
    ///   - chance: gives random numbers from 0 to 1, for waits.
    /// - Throws: ``WebhookError`` when the file cannot be used.
    package init(
        path: String,
        settings: WebhooksConfiguration,
        calls: Int,
        client: any HTTPClient,
        logger: Logger,
        clock: RecordClock = RecordClock(),
        chance: @escaping @Sendable () -> Double = { Double.random(in: 0...1) }
    ) throws(WebhookError) {
        let origin = (time: clock.now(), monotonic: clock.monotonic())
        let steady = { @Sendable in origin.time + clock.monotonic() - origin.monotonic }
        let spool = try WebhookSpool(path: path, settings: settings, now: origin.time)
        let counts = WebhookCounts(settings.endpoints.map(\.name))
        let contexts = RecentContexts()
        self.contexts = contexts
        self.origin = origin
        self.spool = spool
        self.counts = counts
        self.clock = clock
        self.logger = logger
        queue = WebhookQueue(capacity: calls + Self.room)
        showsDigits = settings.digits == .shown
        wanted = settings.endpoints.reduce(into: []) { $0.formUnion($1.events) }
        deliveries = settings.endpoints.map { endpoint in
            EndpointDelivery(
                client: EndpointClient(endpoint, client: client, contexts: contexts),
                spool: spool,
                counts: counts,
                clock: clock,
                steady: steady,
                chance: chance,
                logger: logger
            )
        }
        bells = settings.endpoints.map { _ in Doorbell() }
    }

    /// Milliseconds since 1970 by the time of day when the sender was made, and a clock that nobody sets since.
    var steadyTime: Int64 { origin.time + clock.monotonic() - origin.monotonic }

    package var shortage: NoRoom { .webhooks }

    package func makeRoom(route: String) -> (any CallObserver)? {
        guard let number = queue.takePlace() else { return nil }
        return WebhookPlace(
            number: number,
            queue: queue,
            contexts: contexts,
            wanted: wanted,
            showsDigits: showsDigits,
            clock: clock.now
        )
    }

    /// Tells that a recording can be fetched; never waits.
    package func tell(_ recording: ReadyRecording) {
        guard wanted.contains(.recordingReady) else { return }
        queue.offer(WebhookEvent(.recordingReady, recording.callID, at: clock.now(), .recording(recording)))
    }

    /// What became of events.
    package var counters: WebhookCounters {
        var counters = counts.current
        counters.pending = queue.places
        counters.queued = queue.count
        let losses = queue.losses
        counters.refused = losses.refused
        counters.dropped += losses.dropped
        let now = steadyTime
        for (name, endpoint) in counters.endpoints {
            counters.endpoints[name]?.age = endpoint.oldest.map { max(0, now - $0) } ?? 0
        }
        return counters
    }
}

extension WebhookSender: CallObserver {
    /// Names under which platforms say that somebody answered.
    private static let answers: Set<String> = ["call.in-progress", "in-progress", "call.answered", "answered"]

    package func platformTold(_ event: PlatformCallEvent, _ standing: PlatformCallEvent.Standing) {
        guard wanted.contains(.callAnswered), Self.answers.contains(event.name) else { return }
        queue.offer(WebhookEvent(.callAnswered, event.call, at: clock.now(), .answered(event)))
    }

    package func recordingEnded(_ recording: FinishedRecording, id: CallID, route: String) {
        tell(
            ReadyRecording(
                callID: id,
                route: route,
                file: recording.name,
                duration: recording.duration,
                bytes: Int64(recording.bytes)
            )
        )
    }

    /// Does nothing: a call's end is told by its place.
    package func callEnded(_ summary: CallSummary, id: CallID, route: String, bot: String) {}
}

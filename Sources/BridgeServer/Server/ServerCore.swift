// SPDX-License-Identifier: Apache-2.0

import BridgeConfiguration
import CallModel
import Dialects
import Logging
import NIOCore
import NIOPosix
import Synchronization
import Tracing
import WebSocketWire

/// What every connection of a server shares.
final class ServerCore: Sendable {
    private let current: Mutex<ServedConfiguration>
    let admission: Admission
    /// Is told what is of no one call.
    let observer: any CallObserver
    private let logging: LoggingObserver
    /// All but the log.
    private let observers: [any CallObserver]
    let refusals: RefusalCounts
    /// TLS handshakes that came to their end.
    let handshakes = Atomic<Int>(0)
    /// Answers what the admin port does not answer itself.
    let adminResponder = Mutex<(any AdminResponder)?>(nil)
    let keeper: (any CallKeeper)?
    /// What calls are traced by; nil for nothing.
    private let tracer: (any Tracer)?
    let bots: BotThreadPool
    let tenantLoads = TenantLoads()
    let live = LiveCalls()
    /// What is measured on each event loop.
    let loops: [LoopBoard]
    /// What measures them, once they turn.
    private let meters = Mutex<[NIOLoopBound<LoopMeter>]>([])
    let identities: CallIdentities
    let gate = LoopGate()
    /// Seconds since 1970, by which credentials age.
    let clock: @Sendable () -> Int
    private let replays = Mutex(ReplayMemory())
    private let numbers = Atomic<UInt64>(1)

    init(
        _ served: ServedConfiguration,
        logging: LoggingObserver,
        observers: [any CallObserver],
        refusals: RefusalCounts,
        keeper: (any CallKeeper)? = nil,
        tracer: (any Tracer)? = nil,
        identities: CallIdentities,
        clock: @escaping @Sendable () -> Int = UnixTime.seconds
    ) {
        self.identities = identities
        self.clock = clock
        current = Mutex(served)
        self.logging = logging
        self.observers = observers
        observer = CallObservers(observers: [logging] + observers)
        self.refusals = refusals
        self.keeper = keeper
        self.tracer = tracer
        admission = Admission(AdmissionLimits(served.parts.configuration))
        bots = BotThreadPool()
        loops = (0..<(served.parts.configuration.limits.eventLoops ?? System.coreCount)).map { LoopBoard(loop: $0) }
    }

    /// What new calls are served by.
    var served: ServedConfiguration { current.withLock { $0 } }

    /// Serves new calls by something else from now on.
    func serve(_ served: ServedConfiguration) {
        current.withLock { $0 = served }
        admission.change(AdmissionLimits(served.parts.configuration), at: admissionTime)
        guard gate.isOpen else { return }
        for meter in meters.withLock({ $0 }) {
            meter.eventLoop.execute { meter.value.limit(to: served.loopLimits) }
        }
    }

    /// Takes what measures an event loop, whose limits change with the configuration.
    func add(_ meter: NIOLoopBound<LoopMeter>) { meters.withLock { $0.append(meter) } }

    /// What was measured on each event loop until its last tick.
    var loopFigures: [LoopFigures] {
        let now = NIODeadline.now()
        return loops.map { $0.figures(at: now) }
    }

    /// Now, for who asks to be let in, or leaves.
    var admissionTime: AdmissionTime {
        AdmissionTime(uptime: Int64(clamping: NIODeadline.now().uptimeNanoseconds), unixSeconds: clock())
    }

    /// Notes what a request on a route may show only once; false when it was shown before.
    func use(_ uses: [OneTimeUse], on path: String) -> Bool {
        guard !uses.isEmpty else { return true }
        let named = uses.map { OneTimeUse(name: "\(path) \($0.name)", until: $0.until) }
        let now = clock()
        return replays.withLock { $0.use(named, now: now) }
    }

    /// Who is told of a tenant's calls: its lines in the log name the tenant.
    func observer(of tenant: String?, beside others: [any CallObserver] = []) -> any CallObserver {
        CallObservers(observers: [logging.of(tenant: tenant)] + observers + others)
    }

    /// Makes the call behind an accepted upgrade; `onReleased` is called once it is settled and its bot has returned.
    ///
    /// `sharing` is what its tenant has of the loop and of the bots' threads, `room` what the keeper made for it.
    func makeCall(
        _ route: ServedRoute,
        tenant: String?,
        sharing: (load: TenantLoad, share: LoopShare)?,
        _ accepted: AcceptedHandshake,
        _ handshake: OpeningHandshake,
        room: (any CallObserver)?,
        timer: LoopTimer,
        loop: any EventLoop,
        onReleased: @escaping () -> Void
    ) throws -> CallHandler {
        let number = numbers.wrappingAdd(1, ordering: .relaxed).oldValue
        let executor: any TaskExecutor =
            route.call.runsOnEventLoop
            ? LoopTaskExecutor(loop, gate: gate, share: sharing?.share) : sharing?.load.bots ?? bots
        var call = route.call
        call.tenant = tenant
        let engine = try CallEngine(
            route: call,
            loop: EventLoopCallLoop(loop: loop, gate: gate),
            executor: executor,
            observer: observer(
                of: tenant,
                beside: (room.map { [$0] } ?? []) + [LiveCallNotes(number: number, live: live)]
            ),
            connectionID: "connection-\(number)",
            handshake: handshake,
            identities: identities,
            tracer: tracer
        )
        engine.onFinished = { [live] in live.remove(number: number) }
        engine.onReleased = onReleased
        engine.share = sharing?.share
        var configuration = route.webSocket
        configuration.compression = accepted.compression
        let handler = CallHandler(engine: engine, configuration: configuration, timer: timer)
        live.add(handler, number: number, loop: loop)
        return handler
    }
}

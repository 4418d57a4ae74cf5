// SPDX-License-Identifier: Apache-2.0

import BridgeConfiguration
import CallModel
import Dialects
import Logging
import NIOCore
import NIOPosix
import Synchronization
import WebSocketWire

/// What every connection of a server shares.
final class ServerCore: Sendable {
    let routes: [String: ServedRoute]
    let receivers: [String: ServedReceiver]
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
    let bots: BotThreadPool
    let tenantLoads = TenantLoads()
    let live = LiveCalls()
    /// What is measured on each event loop.
    let loops: [LoopBoard]
    /// From where on an event loop takes no more calls.
    let loopLimits: LoopLimits
    let identities: CallIdentities
    let gate = LoopGate()
    let handshakeTimeout: TimeAmount
    let retryAfterSeconds: Int
    /// Seconds since 1970, by which credentials age.
    let clock: @Sendable () -> Int
    private let replays = Mutex(ReplayMemory())
    private let numbers = Atomic<UInt64>(1)

    init(
        routes: [ServedRoute],
        receivers: [String: ServedReceiver],
        limits: ServerLimits,
        admission: AdmissionLimits,
        logging: LoggingObserver,
        observers: [any CallObserver],
        refusals: RefusalCounts,
        keeper: (any CallKeeper)? = nil,
        identities: CallIdentities,
        clock: @escaping @Sendable () -> Int = UnixTime.seconds
    ) {
        self.identities = identities
        self.clock = clock
        self.routes = Dictionary(routes.map { ($0.path, $0) }) { first, _ in first }
        self.receivers = receivers
        self.logging = logging
        self.observers = observers
        observer = CallObservers(observers: [logging] + observers)
        self.refusals = refusals
        self.keeper = keeper
        self.admission = Admission(admission)
        bots = BotThreadPool()
        loops = (0..<(limits.eventLoops ?? System.coreCount)).map { LoopBoard(loop: $0) }
        loopLimits = LoopLimits(lag: limits.lag, busy: limits.busy.map { Double($0) / 100 })
        handshakeTimeout = TimeAmount(limits.handshakeTimeout)
        retryAfterSeconds = max(1, Int(limits.retryAfter.components.seconds))
    }

    /// What was measured on each event loop until its last tick.
    var loopFigures: [LoopFigures] {
        let now = NIODeadline.now()
        return loops.map { $0.figures(at: now) }
    }

    /// Now, for who asks to be let in, or leaves.
    var admissionTime: AdmissionTime {
        AdmissionTime(uptime: Int64(clamping: NIODeadline.now().uptimeNanoseconds), unixSeconds: clock())
    }

    /// The route of a path, of a path with a token behind it, or, where the platform signs its URL, of a path with a
    /// slash at the end.
    func route(of path: String) -> ServedRoute? {
        if let route = routes[path] { return route }
        guard let slash = path.lastIndex(of: "/") else { return nil }
        let route = routes[slash == path.startIndex ? "/" : String(path[..<slash])]
        return route.flatMap { route in
            let isMeant = route.doors.contains { door in
                door.authenticator.takesPathToken || (path.last == "/" && door.authenticator.signsURL)
            }
            return isMeant ? route : nil
        }
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
            identities: identities
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

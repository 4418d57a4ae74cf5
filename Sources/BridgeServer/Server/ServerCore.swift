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
    let observer: any CallObserver
    let bots: BotThreadPool
    let live = LiveCalls()
    let identities: CallIdentities
    let gate = LoopGate()
    let handshakeTimeout: TimeAmount
    let retryAfterSeconds: Int
    private let numbers = Atomic<UInt64>(1)

    init(
        routes: [ServedRoute],
        receivers: [String: ServedReceiver],
        limits: ServerLimits,
        observer: any CallObserver,
        identities: CallIdentities
    ) {
        self.identities = identities
        self.routes = Dictionary(routes.map { ($0.path, $0) }) { first, _ in first }
        self.receivers = receivers
        self.observer = observer
        admission = Admission(
            maximumCalls: limits.calls,
            maximumConnectionsPerSource: limits.connectionsPerSource
        )
        bots = BotThreadPool()
        handshakeTimeout = TimeAmount(limits.handshakeTimeout)
        retryAfterSeconds = max(1, Int(limits.retryAfter.components.seconds))
    }

    /// Makes the call behind an accepted upgrade; `onReleased` is called once it is settled and its bot has returned.
    func makeCall(
        _ route: ServedRoute,
        _ accepted: AcceptedHandshake,
        _ handshake: OpeningHandshake,
        timer: LoopTimer,
        loop: any EventLoop,
        onReleased: @escaping () -> Void
    ) throws -> CallHandler {
        let number = numbers.wrappingAdd(1, ordering: .relaxed).oldValue
        let executor: any TaskExecutor = route.call.runsOnEventLoop ? LoopTaskExecutor(loop, gate: gate) : bots
        let engine = try CallEngine(
            route: route.call,
            loop: EventLoopCallLoop(loop: loop, gate: gate),
            executor: executor,
            observer: observer,
            connectionID: "connection-\(number)",
            handshake: handshake,
            identities: identities
        )
        engine.onFinished = { [live] in live.remove(number: number) }
        engine.onReleased = onReleased
        var configuration = route.webSocket
        configuration.compression = accepted.compression
        let handler = CallHandler(engine: engine, configuration: configuration, timer: timer)
        live.add(handler, number: number, loop: loop)
        return handler
    }
}

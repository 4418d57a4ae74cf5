// SPDX-License-Identifier: Apache-2.0

import BridgeConfiguration
import CallModel
import CallSession
import Logging
import NIOCore
import Synchronization
import VoiceBridge

// The end: live calls move on, end by themselves, or hear a goodbye. Each step is bounded.
extension BridgeServer {
    /// How often calls are told that they are to move: one may have come about while the server began to stop.
    private static let orderInterval = Duration.seconds(1)
    /// A hang-up may take 5 s, the closing handshake as long again.
    private static let hangUpLimit = Duration.seconds(12)
    /// What a goodbye may take beside its own length: an answer that is awaited out of band, and the slack of the playout.
    private static let goodbyeSlack = Duration.seconds(8)

    /// The longest that the server takes from ``stop()`` to the end of ``run()``.
    package var longestStop: Duration {
        let limits = configuration.limits
        return limits.drainDeadline + longestGoodbye(core.served) + Self.hangUpLimit + .seconds(3)
    }

    /// Has live calls handed over, waits for them to end, then ends them, then gives them up.
    func drain() async {
        let clock = ContinuousClock()
        let served = core.served
        let deadline = clock.now + served.parts.configuration.limits.drainDeadline
        if core.live.count > 0 {
            logger.notice("draining", metadata: ["calls": "\(core.live.count)"])
        }
        await handOver(served, until: deadline, clock)
        guard core.live.count > 0 else { return }
        logger.warning("hanging up the calls that are left", metadata: ["calls": "\(core.live.count)"])
        let isCancelled = state.withLock { $0.isCancelled }
        core.live.forEach { handler in
            handler.shutDown(goodbye: isCancelled ? nil : served.routes[handler.engine.route.path]?.goodbye)
        }
        let goodbye = isCancelled ? .zero : longestGoodbye(served)
        await waitForCalls(until: clock.now + goodbye + Self.hangUpLimit, clock)
        core.live.forEach { $0.abort() }
        await waitForCalls(until: clock.now + .seconds(1), clock)
    }

    /// Waits for the live calls to end, and moves those that can be, as many a second as the other server shall take.
    private func handOver(
        _ served: ServedConfiguration,
        until deadline: ContinuousClock.Instant,
        _ clock: ContinuousClock
    ) async {
        guard served.routes.values.contains(where: { !$0.handOvers.isEmpty }) else {
            return await waitForCalls(until: deadline, clock) { self.isEndWanted }
        }
        let rate = served.parts.configuration.drain.handOverRate
        let gate = HandOverGate(callsPerSecond: rate, at: CallInstant(.now()))
        while core.live.count > 0, clock.now < deadline, !isEndWanted {
            core.live.forEach { handler in
                let call = handler.engine.route
                guard let destination = served.routes[call.path]?.handOvers[call.tenant] else { return }
                handler.handOver(to: destination, through: gate)
            }
            await waitForCalls(until: min(deadline, clock.now + Self.orderInterval), clock) { self.isEndWanted }
        }
        if gate.passed > 0 { logger.notice("calls handed over", metadata: ["calls": "\(gate.passed)"]) }
    }

    private var isEndWanted: Bool { state.withLock { $0.isCancelled || $0.isHurried } }

    /// The longest that any route's goodbye takes; nothing where there is none.
    private func longestGoodbye(_ served: ServedConfiguration) -> Duration {
        let longest = served.routes.values.compactMap { $0.goodbye?.audio.duration }.max()
        return longest.map { $0 + Self.goodbyeSlack } ?? .zero
    }

    private func waitForCalls(
        until deadline: ContinuousClock.Instant,
        _ clock: ContinuousClock,
        orUntil isOver: () -> Bool = { false }
    ) async {
        while core.live.count > 0, clock.now < deadline, !isOver() {
            // Polled, not signalled: it happens once in a process's life.
            try? await Task.sleep(for: .milliseconds(20), clock: clock)
        }
    }
}

// SPDX-License-Identifier: Apache-2.0

import BridgeConfiguration
import CallModel
package import CallSession
import NIOCore
import Synchronization

// What an operator asks and sees, on any thread.
extension BridgeServer {
    /// The calls that have begun and are not settled, in the order of coming.
    package var liveCalls: [LiveCall] { core.live.calls }

    /// Whether the server lets nobody in any more.
    package var isDraining: Bool { core.admission.isDraining }

    /// Calls that there may be at a time.
    package var callLimit: Int { configuration.limits.calls }

    /// What each tenant has of the server.
    package var tenants: [TenantFigures] { core.tenantFigures }

    /// TLS handshakes of the public port that came to their end.
    package var tlsHandshakes: Int { core.handshakes.load(ordering: .relaxed) }

    /// Whether a new call would be taken, as `/readyz` has it: `ready`, `draining`, `full`, `late` or `busy`.
    package var readiness: String { core.readiness }

    /// What the server carries and how its event loops keep up, as `/load` has it.
    package var load: String { core.load }

    /// Has somebody answer on the admin port what the server does not answer there itself.
    package func serveAdmin(with responder: any AdminResponder) {
        core.adminResponder.withLock { $0 = responder }
    }

    /// Carries out what an operator asks of a call, on the call's own event loop.
    ///
    /// - Parameters:
    ///   - action: what to do.
    ///   - number: the call's ``LiveCall/number``.
    ///   - limit: how long to wait for what becomes of it.
    /// - Returns: what became of it by then.
    package func operate(
        _ action: OperatorAction,
        on number: UInt64,
        within limit: Duration
    ) async -> OperatorOutcome {
        let reply = OperatorReply<OperatorOutcome>()
        let isThere = core.live.with(number) { handler in
            let now = NIODeadline.now()
            guard !handler.engine.hasFinished else { return reply.resolve(.gone) }
            handler.engine.operate(action, reply, at: CallInstant(now))
            handler.endTurn(at: now)
            if !action.isAwaited { reply.resolve(.underWay) }
        }
        guard isThere else { return .gone }
        return await reply.wait(atMost: limit) { $0 ? .underWay : .notTaken }
    }

    /// How a call stands, asked on its own event loop.
    ///
    /// - Returns: nil when there is no such call, or its loop did not come to it in time.
    package func snapshot(of number: UInt64, within limit: Duration) async -> CallSnapshot? {
        let reply = OperatorReply<CallSnapshot?>()
        let isThere = core.live.with(number) { handler in
            guard reply.take() else { return }
            reply.resolve(handler.engine.path.session.snapshot(at: CallInstant(.now())))
        }
        guard isThere else { return nil }
        return await reply.wait(atMost: limit) { _ in nil }
    }
}

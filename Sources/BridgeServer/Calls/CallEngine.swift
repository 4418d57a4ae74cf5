// SPDX-License-Identifier: Apache-2.0

package import CallModel
import CallSession
package import Dialects
import NIOCore
package import Tracing
import VoiceBridge

/// One call at work: joins its dialect, its session and its bot to a transport.
///
/// It lives on one thread, that of its ``CallLoop``; only the bot's port is touched from elsewhere. Each entry takes the time
/// and leaves what is to be done in the session; ``carryOut()`` does it, so that the owner can lend its receive buffer to the
/// entries and send afterwards.
///
/// Unchecked, because a value of this type is handed only to work that runs on its own loop: the compiler cannot see that
/// `CallLoop.execute` runs there.
package final class CallEngine: @unchecked Sendable {
    let route: CallRoute
    let loop: any CallLoop
    let executor: any TaskExecutor
    let observer: any CallObserver
    /// What it is traced by; nil for nothing.
    let trace: CallTrace?
    weak var transport: (any CallTransport)?
    var path: CallPath
    var inbox: CallInbox?
    var port: LoopCallPort?
    var task: Task<Void, Never>?
    /// What the platform is asked out of band, by number.
    var questions: [Int: Task<Void, Never>] = [:]
    /// What operators asked and was not answered.
    var operators = OperatorQuestions()
    var hasBotReturned = false
    let identities: CallIdentities?
    var claim: CallIdentities.Claim?
    var hasStarted = false
    var relay: (any CallRelay)?
    /// Its tenant's share of the loop, which its work is paid from; nil where there is no tenant.
    var share: LoopShare?
    /// Where the call is to be handed over, and what lets it go.
    var handOver: (destination: HandOverDestination, gate: HandOverGate)?
    /// Called once everything about the call is settled.
    package var onFinished: (() -> Void)?
    /// Called once everything about the call is settled, and its bot has returned.
    package var onReleased: (() -> Void)?
    /// Called on the engine's thread when the bot asked for something, before it is carried out.
    package var onTurn: (() -> Void)?
    /// The call's id in logs until the platform has told its own.
    package internal(set) var id: CallID

    /// A call whose socket was opened now.
    ///
    /// `handshake` is what the platform said when it opened the socket.
    ///
    /// - Throws: `DialectError` when the route's options are no good.
    package init(
        route: CallRoute,
        loop: any CallLoop,
        executor: any TaskExecutor,
        observer: any CallObserver,
        connectionID: String,
        handshake: OpeningHandshake = OpeningHandshake(),
        identities: CallIdentities? = nil,
        tracer: (any Tracer)? = nil
    ) throws {
        trace = tracer.map { CallTrace($0, route: route, handshake: handshake, observer: observer) }
        self.identities = identities
        self.route = route
        self.loop = loop
        self.executor = executor
        self.observer = trace ?? observer
        path = CallPath(
            dialect: try Dialect(name: route.dialect, options: route.dialectOptions, handshake: handshake),
            session: CallSession(configuration: route.session, openedAt: loop.now),
            relayBacklog: Self.backlog(for: route.bot)
        )
        self.id = CallID(connectionID)
    }

    /// Joins the engine to its transport, which owns it.
    package func connect(to transport: any CallTransport) { self.transport = transport }

    /// When ``advance(at:)`` is due.
    package var nextDeadline: CallInstant? {
        let next = path.nextDeadline
        guard let relayed = relay?.nextDeadline else { return next }
        return next.map { min($0, relayed) } ?? relayed
    }

    /// The caller's audio that was taken so far, in nanoseconds.
    package var heardTime: Int64 { path.heardTime }

    /// Whether everything about the call is settled.
    package var hasFinished: Bool { path.session.hasFinished }
}

// SPDX-License-Identifier: Apache-2.0

package import CallModel
import CallSession
import Dialects
import NIOCore
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
    private let route: CallRoute
    private let loop: any CallLoop
    private let executor: any TaskExecutor
    private let observer: any CallObserver
    private weak var transport: (any CallTransport)?
    private var dialect: Dialect
    private var session: CallSession
    private var scratch = ByteBuffer()
    private var inbox: CallInbox?
    private var port: LoopCallPort?
    private var task: Task<Void, Never>?
    private var hasBotReturned = false
    private let identities: CallIdentities?
    private var claim: CallIdentities.Claim?
    private var hasStarted = false
    /// Called once everything about the call is settled.
    package var onFinished: (() -> Void)?
    /// Called once everything about the call is settled, and its bot has returned.
    package var onReleased: (() -> Void)?
    /// Called on the engine's thread when the bot asked for something, before it is carried out.
    package var onTurn: (() -> Void)?
    /// The call's id in logs until the platform has told its own.
    package private(set) var id: CallID

    /// A call whose socket was opened now.
    ///
    /// - Throws: `DialectError` when the route's options are no good.
    package init(
        route: CallRoute,
        loop: any CallLoop,
        executor: any TaskExecutor,
        observer: any CallObserver,
        connectionID: String,
        identities: CallIdentities? = nil
    ) throws {
        self.identities = identities
        self.route = route
        self.loop = loop
        self.executor = executor
        self.observer = observer
        self.dialect = try Dialect(name: route.dialect, options: route.dialectOptions)
        self.session = CallSession(configuration: route.session, openedAt: loop.now)
        self.id = CallID(connectionID)
    }

    /// Joins the engine to its transport, which owns it.
    package func connect(to transport: any CallTransport) { self.transport = transport }

    /// When ``advance(at:)`` is due.
    package var nextDeadline: CallInstant? { session.nextDeadline }

    /// Whether everything about the call is settled.
    package var hasFinished: Bool { session.hasFinished }
}

// MARK: - What comes from the socket

extension CallEngine {
    /// Takes one text message.
    package func receive(text: Span<UInt8>, at now: CallInstant) {
        do {
            receive(try dialect.decode(text: text), at: now)
        } catch {
            refuse(error, at: now)
        }
    }

    /// Takes one binary message.
    package func receive(binary: Span<UInt8>, at now: CallInstant) {
        do {
            receive(try dialect.decode(binary: binary), at: now)
        } catch {
            refuse(error, at: now)
        }
    }

    /// Takes the end of the socket.
    package func socketClosed(_ detail: String?, at now: CallInstant) { session.socketClosed(detail, at: now) }

    /// Takes a fault of the WebSocket protocol, which closes the socket with `code`.
    package func fail(_ reason: EndReason, closing code: UInt16, at now: CallInstant) {
        session.fail(reason, closing: code, at: now)
    }

    /// Tells whether the socket takes more.
    package func writabilityChanged(_ isWritable: Bool, at now: CallInstant) {
        session.writabilityChanged(isWritable, at: now)
    }

    /// Does what is due.
    package func advance(at now: CallInstant) { session.advance(at: now) }

    /// Ends the call because the server stops.
    package func shutDown(at now: CallInstant) { session.shutDown(at: now) }

    /// Something came from the peer, were it only a sign of life.
    package func heard(at now: CallInstant) { claim?.heard(at: now) }

    private func receive(_ event: CallEvent, at now: CallInstant) {
        guard case .media = event else {
            if case .start(let start) = event, !claimIdentity(of: start, at: now) { return }
            session.receive(event, media: Span(), at: now)
            return
        }
        dialect.withMedia { session.receive(event, media: $0, at: now) }
    }

    /// Whether a call may begin: not while another socket carries it and is alive.
    private func claimIdentity(of start: CallStart, at now: CallInstant) -> Bool {
        guard !hasStarted else { return true }
        hasStarted = true
        guard let identities, !start.hasMadeUpID else { return true }
        let identity = CallIdentities.Identity(route: route.path, start: start)
        claim = identities.claim(identity, at: now) { [weak self, loop] in
            guard let engine = self else { return }
            loop.execute { engine.replaced() }
        }
        guard claim == nil else { return true }
        let detail = "call \(start.callID), stream \(start.streamID.prefixed(toBytes: 64)) is live on another socket"
        session.fail(EndReason(side: .error, code: "duplicate_call", detail: detail), closing: 1008, at: now)
        return false
    }

    /// A newer socket carries the call: this one is given up without a word about hanging up.
    private func replaced() {
        let reason = EndReason(
            side: .error,
            code: "replaced",
            detail: "a newer socket of the platform's carries the call"
        )
        session.fail(reason, closing: 1008, at: loop.now)
        onTurn?()
    }

    private func leaveIdentity() {
        if let claim { identities?.leave(claim) }
        claim = nil
    }

    private func refuse(_ error: DialectError, at now: CallInstant) {
        if error.closesCall {
            session.refuseFormat(error.description, at: now)
        } else {
            session.receiveMalformed(error.description, isNotJSON: error.countsAsNotJSON, at: now)
        }
    }
}

// MARK: - What comes from the bot

extension CallEngine {
    /// Takes the requests that wait in the port; runs on the engine's thread.
    private func takeRequests() {
        guard let port else { return }
        let now = loop.now
        for request in port.take() {
            if isEnd(request) { botEnded() }
            if let refusal = refusal(of: request) {
                inbox?.reply(.failed(.invalid(refusal.text)), to: refusal.id)
            } else {
                session.receive(request, at: now)
            }
        }
        onTurn?()
    }

    private func isEnd(_ request: BotRequest) -> Bool {
        switch request {
        case .returned, .failed: true
        default: false
        }
    }

    private func botEnded() {
        hasBotReturned = true
        task = nil
        if session.hasFinished { release() }
    }

    /// Why the wire cannot carry a request, found before anything of it is queued.
    private func refusal(of request: BotRequest) -> (id: RequestID, text: String)? {
        guard case .transfer(let id, let target, _) = request else { return nil }
        scratch.clear()
        do {
            _ = try dialect.encode(.transfer(target), into: &scratch)
            return nil
        } catch {
            return (id, error.description)
        }
    }
}

// MARK: - What is to be done

extension CallEngine {
    /// Carries out what the session asked for since the last time.
    package func carryOut() {
        var index = 0
        while index < session.outputs.count {
            carryOut(session.outputs[index])
            index += 1
        }
        session.clearOutputs()
    }

    private func carryOut(_ output: CallSessionOutput) {
        switch output {
        case .audio(let range):
            scratch.clear()
            let bytes = session.wireBytes
            send(dialect.encodeAudio(bytes.span.extracting(range), into: &scratch))
        case .deliver(let range, let position):
            let samples = session.heardSamples
            inbox?.deliver(audio: samples.span.extracting(range), at: position)
        case .reading(let reading): inbox?.publish(reading)
        case .credit(let nanoseconds): inbox?.returnCredit(nanoseconds)
        case .command(let command): send(command)
        case .notify(let event, let position):
            if inbox?.deliver(event, at: position) == .overflow { session.botIsTooSlow(at: loop.now) }
        case .reply(let id, let reply): inbox?.reply(reply, to: id)
        case .startBot(let start): startBot(start)
        case .endBot(let reason, let position):
            leaveIdentity()
            inbox?.end(reason, at: position)
            task?.cancel()
        case .close(let code, let reason): transport?.close(code: code, reason: reason)
        case .note(let note): observer.callNoted(id, route: route.path, note)
        case .finished(let summary): finish(summary)
        }
    }

    private func send(_ command: CallCommand) {
        scratch.clear()
        do {
            send(try dialect.encode(command, into: &scratch))
        } catch {
            // Targets and keys were checked before they were queued; a mark's name is ours.
            observer.callNoted(id, route: route.path, .malformedMessage(error.description))
        }
    }

    private func send(_ kind: OutboundFrame) {
        switch kind {
        case .text: transport?.send(text: scratch)
        case .binary: transport?.send(binary: scratch)
        case .none: break
        }
    }

    private func startBot(_ start: CallStart) {
        id = start.callID
        observer.callStarted(start, route: route.path, bot: route.botName)
        let inbox = CallInbox(
            format: route.session.botFormat,
            audioLimit: route.session.preBuffer,
            speechLimit: route.maximumQueue
        )
        let port = LoopCallPort(loop: loop) { self.takeRequests() }
        self.inbox = inbox
        // The port holds the engine until the bot has returned, and is let go then.
        self.port = port
        let call = Call(
            start: start,
            audioFormat: route.session.botFormat,
            capabilities: dialect.capabilities,
            port: port,
            inbox: inbox
        )
        let bot = route.bot
        task = Task(executorPreference: executor) {
            do {
                try await bot.converse(on: call)
                port.submit(.returned)
            } catch let error as CallError where error.endReason != nil {
                port.submit(.returned)
            } catch {
                port.submit(.failed("\(error)"))
            }
        }
    }

    private func finish(_ summary: CallSummary) {
        leaveIdentity()
        var summary = summary
        summary.samplesDropped += inbox?.droppedSamples ?? 0
        observer.callEnded(summary, id: id, route: route.path, bot: route.botName)
        onFinished?()
        onFinished = nil
        if task == nil || hasBotReturned { release() }
    }

    private func release() {
        port?.close()
        port = nil
        inbox = nil
        onReleased?()
        onReleased = nil
        onTurn = nil
    }
}

// SPDX-License-Identifier: Apache-2.0

import CallModel
import NIOCore
import VoiceBridge

/// Joins a conversation with a realtime service to its call and to its connection, on the call's event loop.
///
/// Each entry changes the session first and then does what it asks, so that nothing is called while it changes.
final class RealtimeRelay: CallRelay {
    private var session: RealtimeSession
    private var uplink: UplinkAudio
    private let link: any RelayLink
    private let connector: any UpstreamConnector
    private let orders: AsyncStream<ToolOrder>.Continuation
    private let report: @Sendable (RealtimeFigures) -> Void
    private var connection: (any UpstreamConnection)?
    /// How many entries are under way: one may lead to another.
    private var depth = 0
    private var isCarryingOut = false

    init(
        _ session: RealtimeSession,
        link: any RelayLink,
        connector: any UpstreamConnector,
        orders: AsyncStream<ToolOrder>.Continuation,
        report: @escaping @Sendable (RealtimeFigures) -> Void
    ) {
        self.session = session
        self.link = link
        self.connector = connector
        self.orders = orders
        self.report = report
        uplink = UplinkAudio(from: session.start.format, to: session.format.audio)
    }

    func begin(at now: CallInstant) { enter { $0.begin(at: now) } }

    func receive(media bytes: Span<UInt8>, at now: CallInstant) {
        depth += 1
        uplink.convert(bytes) { session.hear($0, at: now) }
        leave()
    }

    func receive(_ event: Call.Event, at now: CallInstant) {
        enter { $0.receive(event, at: now) }
        if case .ended = event { orders.finish() }
    }

    func receive(message: any Sendable, at now: CallInstant) {
        guard let result = message as? ToolResult else { return }
        enter { $0.toolFinished(result.call, result.outcome, at: now) }
    }

    var nextDeadline: CallInstant? { session.nextDeadline }

    func advance(at now: CallInstant) {
        guard let due = session.nextDeadline, due <= now else { return }
        enter { $0.advance(at: now) }
    }

    /// Changes the session and does what it asks.
    private func enter(_ change: (inout RealtimeSession) -> Void) {
        depth += 1
        change(&session)
        leave()
    }

    /// The end of an entry; of the outermost one, what has gathered is sent.
    private func leave() {
        carryOut()
        if depth == 1 { connection?.flush() }
        depth -= 1
    }

    private func carryOut() {
        guard !isCarryingOut, !session.outputs.isEmpty else { return }
        isCarryingOut = true
        var index = 0
        while index < session.outputs.count {
            carryOut(session.outputs[index])
            index += 1
        }
        session.clearOutputs()
        isCarryingOut = false
    }

    private func carryOut(_ output: RealtimeSession.Output) {
        switch output {
        case .send(let range): if let connection { session.events.withText(range) { connection.send(text: $0) } }
        case .play(let id, let range): play(id, range)
        case .finish(let id): link.finish(id)
        case .flush: link.flush()
        case .connect: connection = connector.connect(on: link.eventLoop, delegate: self)
        case .disconnect:
            connection?.close()
            connection = nil
        case .run(let call): orders.yield(.run(call))
        case .stop(let call): orders.yield(.stop(call))
        case .hangUp: link.hangUp(reason: "the model ended the call")
        case .note(let text): link.note(text)
        case .fail(let error): orders.yield(.fail(error))
        case .report(let figures): report(figures)
        }
    }

    private func play(_ id: PlaybackID, _ range: Range<Int>) {
        let audio = session.audio
        let utterance = RelayUtterance(id: id, format: session.format.audio, policy: .digitsOnly)
        if !link.play(audio.readableBytesUInt8Span.extracting(range), in: utterance) {
            session.playbackRefused(id, at: link.now)
        }
    }
}

extension RealtimeRelay: UpstreamDelegate {
    func upstreamOpened() { fromUpstream { $0.opened(at: $1) } }

    func upstreamReceived(_ text: Span<UInt8>) { session.receive(text, at: link.now) }

    func upstreamMessageEnded() { fromUpstream { _, _ in } }

    func upstreamWritabilityChanged(_ isWritable: Bool) {
        fromUpstream { $0.writabilityChanged(isWritable, at: $1) }
    }

    func upstreamClosed(_ end: UpstreamEnd) {
        connection = nil
        fromUpstream { $0.closed(end, at: $1) }
    }

    /// Enters from the service's side: unless the call is at work itself, what comes of it goes out at once.
    private func fromUpstream(_ change: (inout RealtimeSession, CallInstant) -> Void) {
        let now = link.now
        enter { change(&$0, now) }
        if depth == 0 { link.endTurn() }
    }
}

// SPDX-License-Identifier: Apache-2.0

package import CallModel
import CallSession
import Dialects
import NIOCore
package import VoiceBridge

// What comes from the socket.
extension CallEngine {
    /// Takes one text message.
    package func receive(text: Span<UInt8>, at now: CallInstant) {
        do {
            receive(try path.receive(text: text, at: now), at: now)
        } catch {
            refuse(error, at: now)
        }
    }

    /// Takes one binary message.
    package func receive(binary: Span<UInt8>, at now: CallInstant) {
        do {
            receive(try path.receive(binary: binary, at: now), at: now)
        } catch {
            refuse(error, at: now)
        }
    }

    /// Takes a close frame of the platform's, which for some platforms is how a call that has begun ends.
    ///
    /// 1000, 1001 and 1005 (no code) are ends as they should be (RFC 6455 §7.4.1).
    package func platformClosed(_ code: UInt16, at now: CallInstant) {
        if hasStarted, [1_000, 1_001, 1_005].contains(code), path.dialect.name.details.endsByClosing {
            path.session.receive(.stop(reason: "closed"), media: Span(), at: now)
        }
        path.session.socketClosed("closed by the platform with \(code)", at: now)
    }

    /// Takes the end of the socket.
    package func socketClosed(_ detail: String?, at now: CallInstant) { path.session.socketClosed(detail, at: now) }

    /// Takes a fault of the WebSocket protocol, which closes the socket with `code`.
    package func fail(_ reason: EndReason, closing code: UInt16, at now: CallInstant) {
        path.session.fail(reason, closing: code, at: now)
    }

    /// Tells whether the socket takes more.
    package func writabilityChanged(_ isWritable: Bool, at now: CallInstant) {
        path.session.writabilityChanged(isWritable, at: now)
    }

    /// Does what is due.
    package func advance(at now: CallInstant) {
        path.session.advance(at: now)
        relay?.advance(at: now)
    }

    /// Ends the call because the server stops.
    package func shutDown(goodbye: Prompt? = nil, at now: CallInstant) {
        path.session.shutDown(goodbye: goodbye, at: now)
    }

    /// Something came from the peer, were it only a sign of life.
    package func heard(at now: CallInstant) { claim?.heard(at: now) }

    /// Takes what came; nil for audio, which the session has taken already.
    private func receive(_ event: CallEvent?, at now: CallInstant) {
        guard let event else { return relayMedia(at: now) }
        path.mayOweReply = true
        if case .start(let start) = event {
            guard claimIdentity(of: start, at: now) else { return }
            path.session.framing = path.dialect.framing(for: start.outboundFormat)
            record(start)
        }
        path.session.receive(event, media: Span(), at: now)
    }

    /// Has the call recorded, where that is asked for; a second start of the platform's changes nothing.
    private func record(_ start: CallStart) {
        guard let recorder = route.recorder, path.session.start == nil else { return }
        guard let tap = recorder.makeTap(for: start, route: route.path, observer: observer) else { return }
        path.session.record(to: tap)
    }

    /// Whether a call may begin: not while another socket carries it and is alive.
    func claimIdentity(of start: CallStart, at now: CallInstant) -> Bool {
        guard !hasStarted else { return true }
        hasStarted = true
        guard let identities, !start.hasMadeUpID else { return true }
        let identity = CallIdentities.Identity(route: route.path, tenant: route.tenant, start: start)
        claim = identities.claim(identity, at: now) { [weak self, loop] in
            guard let engine = self else { return }
            loop.execute { engine.replaced() }
        }
        guard claim == nil else { return true }
        let detail = "call \(start.callID), stream \(start.streamID.prefixed(toBytes: 64)) is live on another socket"
        path.session.fail(EndReason(side: .error, code: "duplicate_call", detail: detail), closing: 1008, at: now)
        return false
    }

    /// A newer socket carries the call: this one is given up without a word about hanging up.
    func replaced() {
        let reason = EndReason(
            side: .error,
            code: "replaced",
            detail: "a newer socket of the platform's carries the call"
        )
        path.session.fail(reason, closing: 1008, at: loop.now)
        onTurn?()
    }

    func leaveIdentity() {
        if let claim { identities?.leave(claim) }
        claim = nil
    }

    func refuse(_ error: DialectError, at now: CallInstant) {
        path.mayOweReply = true
        if let code = error.closeCode {
            let reason = EndReason(side: .error, code: error.shortDescription, detail: error.description)
            path.session.fail(reason, closing: code, at: now)
        } else {
            path.session.receiveMalformed(error.description, isNotJSON: error.countsAsNotJSON, at: now)
        }
    }
}

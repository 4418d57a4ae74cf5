// SPDX-License-Identifier: Apache-2.0

import CallModel
import CallSession
import Dialects
import NIOCore
import VoiceBridge

// What comes from the bot.
extension CallEngine {
    /// Takes the requests that wait in the port; runs on the engine's thread.
    func takeRequests() {
        guard let port else { return }
        let start = share?.now
        // What is over the budget is noticed with the next message, whose socket waits.
        defer { if let start { _ = share?.spent(since: start) } }
        let now = loop.now
        for request in port.take() {
            if request.isEnd { botEnded() }
            if let refusal = refusal(of: request) {
                inbox?.reply(.failed(.invalid(refusal.text)), to: refusal.id)
            } else {
                path.session.receive(request, at: now)
                carryOutRelaying(request, at: now)
            }
        }
        if port.hasOverflown { path.session.botIsTooFast(at: now) }
        onTurn?()
    }

    func botEnded() {
        hasBotReturned = true
        task = nil
        if path.session.hasFinished { release() }
    }

    /// Why the wire cannot carry a request, found before anything of it is queued.
    func refusal(of request: BotRequest) -> (id: RequestID, text: String)? {
        guard case .transfer(let id, let target, _) = request else { return nil }
        if path.session.isOutOfBand(target) { return refusalOutOfBand(of: target).map { (id, $0) } }
        path.scratch.clear()
        // A copy: what is only tried shall not be counted, nor wait to be sent.
        var trial = path.dialect
        do {
            _ = try trial.encode(.transfer(target), into: &path.scratch)
            return nil
        } catch {
            return (id, error.description)
        }
    }
}

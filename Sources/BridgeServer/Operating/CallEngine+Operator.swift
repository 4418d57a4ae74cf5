// SPDX-License-Identifier: Apache-2.0

import CallModel
import CallSession
import Dialects
import VoiceBridge

// What an operator asks.
extension CallEngine {
    /// Carries out what an operator asks; what becomes of it is told to `reply`.
    func operate(_ action: OperatorAction, _ reply: OperatorReply<OperatorOutcome>, at now: CallInstant) {
        guard reply.take() else { return }
        switch action {
        case .hangUp(let reason, let endsStreamOnly):
            let offered = path.session.offered(path.dialect.capabilities)
            guard offered.hangUp || offered.closeMeaning == .hangUp || endsStreamOnly else {
                return reply.resolve(.refused(.unsupported("hang up", platform: platform)))
            }
            guard path.session.hangUpForOperator(reason, at: now) else {
                return reply.resolve(.refused(.alreadyLeaving))
            }
            operators.awaitEnd(reply)
        case .transfer(let target): transfer(to: target, reply, at: now)
        case .play(let prompt, let policy, _):
            path.session.playForOperator(operators.ask(reply), prompt, policy, at: now)
        case .flush:
            guard let isCut = path.session.flushForOperator(at: now) else {
                return reply.resolve(.refused(.alreadyLeaving))
            }
            reply.resolve(.flushed(isCut, clears: path.dialect.capabilities.clear))
        }
    }

    /// Answers an operator's request; false when it is none.
    func answerOperator(_ answer: BotReply, to id: RequestID) -> Bool {
        guard OperatorQuestions.holds(id) else { return false }
        let reply = operators.take(id)
        switch answer {
        case .done, .text, .digits: reply?.resolve(.transferred)
        case .playback(let outcome): reply?.resolve(.played(outcome))
        case .failed(let error): reply?.resolve(.refused(error))
        }
        return true
    }

    /// Answers all operators who still wait: the call is over.
    func answerOperators(_ reason: EndReason) {
        for reply in operators.takeAll() { reply.resolve(.ended(reason)) }
    }

    private var platform: String { path.session.start?.platform ?? path.dialect.name.rawValue }

    private func transfer(to target: TransferTarget, _ reply: OperatorReply<OperatorOutcome>, at now: CallInstant) {
        guard path.session.offered(path.dialect.capabilities).transfers.contains(target.kind) else {
            let what = "transfer to \(target.kind.rawValue)"
            return reply.resolve(.refused(.unsupported(what, platform: platform)))
        }
        let request = BotRequest.transfer(operators.ask(reply), target, .now)
        guard let refusal = refusal(of: request) else {
            return path.session.receiveFromOperator(request, at: now)
        }
        _ = answerOperator(.failed(.invalid(refusal.text)), to: refusal.id)
    }
}

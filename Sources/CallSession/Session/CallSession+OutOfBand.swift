// SPDX-License-Identifier: Apache-2.0

package import CallModel
import VoiceBridge

// What the wire has no message for, and the platform is asked over its own interface.
//
// A transfer under way keeps its place in the queue. The platform may end the stream before it answers; then the answer
// decides whether the call was transferred or the caller left.
extension CallSession {
    /// What a bot can ask for on this call, given what the wire can carry.
    package func offered(_ capabilities: DialectCapabilities) -> DialectCapabilities {
        guard let transfers = configuration.outOfBandTransfers, isNamed else { return capabilities }
        var capabilities = capabilities
        capabilities.hangUp = true
        capabilities.transfers.formUnion(transfers)
        return capabilities
    }

    /// Whether a transfer is none of the wire's, and can be asked for out of band.
    package func isOutOfBand(_ target: TransferTarget) -> Bool {
        isNamed && !configuration.capabilities.transfers.contains(target.kind)
            && configuration.outOfBandTransfers?.contains(target.kind) == true
    }

    /// Takes the answer to what was asked for out of band.
    ///
    /// - Parameters:
    ///   - number: which question it answers.
    ///   - failure: why it was not done; nil when it was.
    ///   - now: the time.
    package mutating func answered(_ number: Int, failure: String?, at now: CallInstant) {
        // Of one that was given up for another, or too late, the outcome is known already.
        guard !isFinished, let question, question.number == number else { return }
        conclude(question, failure: failure, at: now)
        advance(at: now)
    }

    /// Whether the platform can be asked out of band about this call: it told how it calls it.
    var isNamed: Bool { configuration.outOfBandTransfers != nil && start?.hasMadeUpCallID == false }

    mutating func ask(_ action: CallAction, for request: RequestID?, at now: CallInstant) {
        if let question { giveUp(question, "the call is hung up meanwhile", at: now) }
        outOfBandQuestions += 1
        question = OutOfBandQuestion(
            number: outOfBandQuestions,
            action: action,
            request: request,
            askedAt: now,
            deadline: now + configuration.outOfBandPatience
        )
        outputs.append(.askOutOfBand(outOfBandQuestions, action))
    }

    /// Keeps how the call ended until it is known whether it was transferred; false when nothing has to be waited for.
    mutating func isPutOff(_ reason: EndReason) -> Bool {
        guard ending == nil, case .transfer? = question?.action else { return false }
        if question?.end == nil { question?.end = reason }
        return true
    }

    mutating func loseOutOfBandPatience(at now: CallInstant) {
        guard let question, now >= question.deadline else { return }
        outputs.append(.abandonOutOfBand(question.number))
        let patience = configuration.outOfBandPatience.wholeMilliseconds
        conclude(question, failure: "the platform did not answer within \(patience) ms", at: now)
    }

    private mutating func giveUp(_ question: OutOfBandQuestion, _ why: String, at now: CallInstant) {
        outputs.append(.abandonOutOfBand(question.number))
        note(question, failure: why, at: now)
    }

    private mutating func note(_ question: OutOfBandQuestion, failure: String?, at now: CallInstant) {
        self.question = nil
        let outcome = CallControlOutcome(question.action, failure: failure, time: now - question.askedAt)
        summary.outOfBand.append(outcome)
        outputs.append(.note(.outOfBand(outcome)))
    }

    private mutating func conclude(_ question: OutOfBandQuestion, failure: String?, at now: CallInstant) {
        note(question, failure: failure, at: now)
        switch question.action {
        case .hangUp:
            summary.leavesCaller = failure != nil && configuration.capabilities.closeMeaning != .hangUp
            close(at: now)
        case .transfer(let target):
            guard ending == nil else { return }
            // It is the first, whatever was queued behind it; a server's own has no place in the queue.
            if question.request != nil, !queue.isEmpty { queue.removeFirst() }
            if let failure {
                stay(question, failure, at: now)
            } else if let moved, question.request == nil {
                settleMoved(to: moved, at: now)
                leave(at: now)
            } else {
                settle(EndReason(side: .bot, code: "transfer", detail: target.kind.rawValue), at: now)
                summary.transfer = target
                if let request = question.request { outputs.append(.reply(request, .done)) }
                leave(at: now)
            }
        }
    }

    /// Goes on with a call that was not transferred, or ends it as it ended meanwhile.
    private mutating func stay(_ question: OutOfBandQuestion, _ failure: String, at now: CallInstant) {
        hasTransferred = false
        moved = nil
        if let end = question.end {
            settle(end, at: now)
            if let request = question.request { outputs.append(.reply(request, .failed(.ended(end)))) }
            leave(at: now)
            return
        }
        lastActivity = now
        if let request = question.request { outputs.append(.reply(request, .failed(.notDone(failure)))) }
        guard !isBotRunning else { return }
        if let error = summary.botError {
            hangUpAfterPlayout(EndReason(side: .error, code: "bot_failed", detail: error), closing: 1011)
        } else {
            hangUpAfterPlayout(EndReason(side: .bot, code: "returned"), closing: 1000)
        }
    }

    private mutating func leave(at now: CallInstant) {
        stopPlaying(at: now)
        close(at: now)
        endBot(at: now)
    }
}

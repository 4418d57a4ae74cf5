// SPDX-License-Identifier: Apache-2.0

import CallModel
import VoiceBridge

// Answers: asked for one at a time, begun, cancelled, ended.
extension RealtimeSession {
    /// Notes that an answer is wanted; several wishes for a plain one are one.
    mutating func want(_ request: AnswerRequest, at now: CallInstant) {
        guard requests.count < Self.maximumCalls, !requests.contains(request) else { return }
        requests.append(request)
    }

    /// Asks for the next answer that is wanted, if none is under way and the caller is silent.
    mutating func askForAnswer(at now: CallInstant) {
        guard phase == .ready, running == nil, awaited == nil, !callerSpeaks, retryAt == nil, !requests.isEmpty else {
            return
        }
        let request = requests.removeFirst()
        switch request {
        case .plain, .greeting(nil): send { $0.createResponse() }
        case .greeting(let text?): send { $0.createResponse(saying: text) }
        case .filler(let text): send { $0.createResponse(saying: text, isApart: true) }
        case .farewell(let text):
            isLeaving = true
            send { $0.createResponse(saying: text) }
        }
        awaited = (request, true)
        answerDeadline = now + settings.answerTimeout
    }

    mutating func answerBegan(_ id: String, at now: CallInstant) {
        guard phase == .ready else { return }
        running = RunningAnswer(id: id, request: awaited?.request)
        awaited = nil
        answerDeadline = now + settings.answerTimeout
        // It was asked for before the caller began to speak.
        if callerSpeaks, !isLeaving { cancelAnswer() }
    }

    /// Something came of the answer under way.
    mutating func keepWaiting(at now: CallInstant) {
        if answerDeadline != nil { answerDeadline = now + settings.answerTimeout }
    }

    /// Cancels the answer under way and counts it as dead.
    mutating func cancelAnswer(serviceCancels: Bool = false) {
        guard let answer = running, !answer.isDead else { return }
        running?.isDead = true
        deadAnswers.append(answer.id)
        if deadAnswers.count > 16 { deadAnswers.removeFirst() }
        reader.currentItem = ""
        // The service cancels what belongs to the conversation only.
        let isApart = answer.request?.isApart ?? false
        if !serviceCancels || isApart { send { $0.cancel(response: answer.id) } }
    }

    mutating func answerEnded(_ outcome: ResponseOutcome, at now: CallInstant) {
        guard phase == .ready else { return }
        figures.answers += 1
        figures.inputTokens += outcome.inputTokens
        figures.outputTokens += outcome.outputTokens
        for index in items.indices where items[index].response == outcome.id { complete(index) }
        let answer = running?.id == outcome.id ? running : nil
        if answer != nil {
            running = nil
            answerDeadline = awaited == nil ? nil : now + settings.answerTimeout
            reader.currentItem = ""
        }
        for call in outcome.calls where !call.name.isEmpty { called(call, at: now) }
        if outcome.status == .failed {
            let fault = outcome.fault ?? UpstreamFault(type: "", code: "", message: "an answer failed", eventID: nil)
            figures.faults += 1
            note("an answer of the realtime service failed: \(fault.text)")
            if fault.severity == .fatal {
                return fail(RealtimeError(.rejected, "the realtime service refuses: \(fault.text)"))
            }
            if answer?.isDead != true { answerFailed(answer?.request ?? .plain, fault, at: now) }
        } else if outcome.status != .cancelled {
            failuresInARow = 0
            faultsInARow = 0
            isSound()
        }
        if case .farewell? = answer?.request { hangUp() }
        startHeldCalls(of: outcome.id, hasSpoken: answer?.hasSpoken ?? false, at: now)
        askForAnswer(at: now)
    }

    /// An answer did not come: it is asked for again, a few times, later each time.
    mutating func answerFailed(_ request: AnswerRequest?, _ fault: UpstreamFault, at now: CallInstant) {
        if case .farewell? = request { return hangUp() }
        guard request?.isApart != true else { return }
        failuresInARow += 1
        guard failuresInARow < Self.maximumFailures else {
            let text = "the realtime service failed \(failuresInARow) answers in a row: \(fault.text)"
            return fail(RealtimeError(.failing, text))
        }
        requests.insert(request ?? .plain, at: 0)
        retryAt = now + .milliseconds(500 << failuresInARow)
    }

    /// No answer came in time, or it stopped in its midst.
    mutating func answerIsOverdue(at now: CallInstant) {
        answerDeadline = nil
        if let awaited, !awaited.isOwn {
            // The service did not answer of its own accord: it is asked to, once.
            self.awaited = nil
            want(.plain, at: now)
            return askForAnswer(at: now)
        }
        let what = running == nil ? "no answer" : "no more of an answer"
        lost("\(what) within \(settings.answerTimeout)", at: now)
    }

    /// The connection has proved itself.
    mutating func isSound() {
        outageBegan = nil
        attempts = 0
    }

    mutating func hangUp() {
        guard !hasHungUp else { return }
        hasHungUp = true
        isLeaving = true
        outputs.append(.hangUp)
    }
}

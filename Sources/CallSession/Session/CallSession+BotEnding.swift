// SPDX-License-Identifier: Apache-2.0

import CallModel
import VoiceBridge

// How the bot leaves: transfer, hang-up, return, failure; and what it takes back.
extension CallSession {
    mutating func transfer(
        _ id: RequestID,
        _ target: TransferTarget,
        _ timing: LeaveTiming,
        at now: CallInstant
    ) {
        guard !hasTransferred else {
            outputs.append(.reply(id, .failed(.alreadyTransferred)))
            return
        }
        guard !isLeavingQueued else {
            outputs.append(.reply(id, .failed(.alreadyLeaving)))
            return
        }
        hasTransferred = true
        if timing == .now { flush(tellingPlatform: true, at: now) }
        closeOpenUtterance()
        queue.append(PlaybackItem(.transfer(target, id)))
    }

    mutating func cancel(_ id: RequestID, at now: CallInstant) {
        // What the platform was asked for cannot be taken back.
        guard question?.request != id else { return }
        digits.cancel(id)
        for (index, item) in queue.enumerated() {
            if let utterance = item.utterance, utterance.requests.contains(id) {
                if utterance.hasStarted {
                    flush(tellingPlatform: true, keepsUnbegun: true, at: now)
                } else {
                    queue.remove(at: index)
                    finish(utterance, .interrupted(at: utterance.stoppedAt))
                }
                return
            }
            switch item.kind {
            case .digits(_, let request) where request == id: queue.remove(at: index)
            case .transfer(_, let request) where request == id:
                hasTransferred = false
                queue.remove(at: index)
            default: continue
            }
            return
        }
        if playing.contains(where: { $0.requests.contains(id) }) {
            flush(tellingPlatform: true, keepsUnbegun: true, at: now)
        }
    }

    mutating func botReturned(at now: CallInstant) {
        isBotRunning = false
        botDeadline = nil
        guard isLive, !isLeavingQueued else { return }
        hangUpAfterPlayout(EndReason(side: .bot, code: "returned"), closing: 1000)
    }

    mutating func botFailed(_ description: String, at now: CallInstant) {
        isBotRunning = false
        botDeadline = nil
        guard isLive, !hasEndedBot else { return }
        let description = description.prefixed(toBytes: 256)
        summary.botError = description
        outputs.append(.note(.botFailed(description)))
        guard !isLeavingQueued else { return }
        if let apology = configuration.apology { enqueue(protected: apology, at: now) }
        hangUpAfterPlayout(EndReason(side: .error, code: "bot_failed", detail: description), closing: 1011)
    }

    /// Says something that nothing may interrupt, and of which the bot is not told.
    @discardableResult
    mutating func enqueue(protected prompt: Prompt, at now: CallInstant) -> PlaybackID {
        let id = makePlaybackID()
        var utterance = Utterance(
            id: id,
            source: .prompt,
            policy: .protected,
            sampleRate: prompt.audio.format.sampleRate,
            isClosed: true
        )
        utterance.append(prompt.audio.samples, at: now)
        enqueue(utterance)
        return id
    }

    mutating func hangUpAfterPlayout(_ reason: EndReason, closing code: UInt16) {
        // Behind a transfer that was asked for out of band it waits for the answer.
        guard !isLeavingQueued || question != nil && queue.count == 1 else { return }
        closeOpenUtterance()
        queue.append(PlaybackItem(.hangUp(reason, closeCode: code)))
    }
}

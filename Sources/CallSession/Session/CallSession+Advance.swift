// SPDX-License-Identifier: Apache-2.0

package import CallModel
import VoiceBridge

// Time: what is due, and when the next thing is.
extension CallSession {
    /// Does everything that is due at `now`.
    package mutating func advance(at now: CallInstant) {
        guard !isFinished else { return }
        if let writeDeadline, now >= writeDeadline {
            let detail = "the socket took nothing for \(configuration.writeTimeout)"
            end(EndReason(side: .error, code: "stalled", detail: detail), closing: 1001, at: now)
        }
        loseOutOfBandPatience(at: now)
        switch phase {
        case .waiting:
            if now >= openedAt + configuration.startTimeout {
                let detail = "no start within \(configuration.startTimeout) of the upgrade"
                end(EndReason(side: .error, code: "no_start", detail: detail), closing: 1008, at: now)
            }
        case .live:
            endSpeechWithoutAudio(at: now)
            watchAnsweringWithoutAudio(at: now)
            decideInterruption(at: now)
            endTurn(at: now)
            tellIdle(at: now)
            watch(at: now)
            reportPlayed(at: now)
            play(at: now)
            reportPlayed(at: now)
            guard isLive else { break }
            askToMove(at: now)
            playBackground(at: now)
            digits.quietChanged(!isBotAudible(at: now), at: now)
            if let (id, collected) = digits.expire(at: now) {
                lastActivity = now
                outputs.append(.reply(id, .digits(collected)))
            }
        case .leaving(let deadline, let repeatAt, let attempt):
            leave(deadline: deadline, repeatAt: repeatAt, attempt: attempt, at: now)
        case .closing: break
        }
        finishIfSettled(at: now)
    }

    /// The latest time for the next call of ``advance(at:)``; nil when nothing is awaited but input.
    ///
    /// A mutating getter because it is asked after every message: others copy the session.
    package var nextDeadline: CallInstant? {
        mutating get {
            guard !isFinished else { return nil }
            var next: CallInstant?
            func consider(_ instant: CallInstant?) {
                guard let instant else { return }
                next = min(next ?? instant, instant)
            }
            // Both are forgotten once they passed; a socket that closes has no write deadline.
            consider(botDeadline)
            consider(writeDeadline)
            consider(question?.deadline)
            switch phase {
            case .waiting: consider(openedAt + configuration.startTimeout)
            case .live:
                consider(latestEnd)
                consider(silenceDeadline)
                consider(speechDeadline)
                consider(suspension?.decision)
                consider(turns.deadline)
                consider(idleDeadline)
                if $handOver { consider(moveTime) }
                consider(digits.deadline)
                if !playing.isEmpty { consider(ledger.expectedTime(of: playing[0].endPosition)) }
                consider(playDeadline)
                if $answering { consider(answering?.deadline) }
                consider(backgroundDeadline)
                if digits.isCollecting, digits.deadline == nil { consider(quietDeadline) }
            case .leaving(let deadline, let repeatAt, _):
                consider(deadline)
                consider(repeatAt)
            case .closing: break
            }
            return next
        }
    }

    /// When the caller will have heard everything, slack included.
    private var quietDeadline: CallInstant? {
        mutating get {
            hasQueuedUtterance ? nil : ledger.expectedEnd + PlaybackLedger.clockSlack
        }
    }

    /// When a call in which nobody makes a sound is over; nil while somebody is busy.
    private var silenceDeadline: CallInstant? {
        mutating get {
            guard let timeout = configuration.silenceTimeout, !isSomebodyBusy else { return nil }
            return max(lastActivity, ledger.expectedEnd) + timeout
        }
    }

    private mutating func watch(at now: CallInstant) {
        if let latestEnd, now >= latestEnd {
            leaveNow(EndReason(side: .server, code: "maximum_duration"), closing: 1000, at: now)
        } else if let deadline = silenceDeadline, now >= deadline {
            leaveNow(EndReason(side: .server, code: "silence"), closing: 1000, at: now)
        }
    }

    /// Reports the utterances that the caller has heard to their end.
    private mutating func reportPlayed(at now: CallInstant) {
        while !playing.isEmpty, now >= ledger.expectedTime(of: playing[0].endPosition) {
            let first = playing.removeFirst()
            lastPolicy = first.policy
            if recording != nil { announced(first.id, at: now) }
            finish(first, .finished)
        }
    }
}

// SPDX-License-Identifier: Apache-2.0

import CallModel
import VoiceBridge

// Interruptions, and how one is taken back.
extension CallSession {
    /// What of the caller's may interrupt.
    enum Interrupter: Sendable { case speech, digit }

    /// An interruption that may yet be taken back: what was not heard waits at the front of the queue.
    struct Suspension: Sendable {
        let since: CallInstant
        /// When it is to be decided what it was.
        var decision: CallInstant
    }

    /// The longest that an interruption may stay undecided.
    static let longestSuspension: Duration = .seconds(5)

    /// Stops everything that is said, if all of it may be stopped by this.
    mutating func interrupt(by interrupter: Interrupter, at now: CallInstant) {
        guard isLive, !isLeavingQueued else { return }
        guard playing.allSatisfy({ $0.policy.yields(to: interrupter) }),
            queue.allSatisfy({ $0.utterance?.policy.yields(to: interrupter) ?? true })
        else { return }
        let isNothingSaid = playing.isEmpty && !hasQueuedUtterance
        if isNothingSaid, lastPolicy?.yields(to: interrupter) == false { return }
        if interrupter == .speech, configuration.confirmation > .zero, configuration.capabilities.clear {
            // What is stopped already waits for the same decision.
            if suspension == nil { suspend(at: now) }
        } else {
            let heard = ledger.reading.heard(at: now)
            if flush(tellingPlatform: true, at: now) { notify(.interrupted(heard)) }
        }
    }

    /// Takes back what was not heard and keeps it until it is known what the caller's sound was.
    private mutating func suspend(at now: CallInstant) {
        let mayHold = ledger.mayHoldUnheard(at: now)
        let hasQueued = hasQueuedUtterance
        guard mayHold || hasQueued || !playing.isEmpty else { return }
        let position = ledger.reading.heard(at: now)
        if mayHold { clear(at: now) }
        let sent = ledger.kept
        let heard = takeBack(at: now)
        var unheard: [PlaybackItem] = []
        for var utterance in playing {
            if heard >= utterance.endPosition {
                finish(utterance, .finished)
            } else {
                utterance.rewind(heard: heardContent(of: utterance, heard: heard), wireRate: ledger.sampleRate)
                unheard.append(PlaybackItem(utterance))
            }
        }
        playing.removeAll(keepingCapacity: true)
        if let first = queue.first?.utterance, first.hasStarted {
            let content = heardContent(of: first, heard: heard)
            queue[0].utterance?.rewind(heard: content, wireRate: ledger.sampleRate)
        }
        queue.insert(contentsOf: unheard, at: 0)
        guard hasQueuedUtterance else { return }
        if heard < sent || hasQueued { summary.interruptions += 1 }
        suspension = Suspension(since: now, decision: now + configuration.confirmation)
        notify(.interrupted(position))
    }

    /// Decides what the sound was that stopped the bot, when it can be.
    mutating func decideInterruption(at now: CallInstant) {
        guard let suspension else { return }
        if voicedTime >= configuration.confirmation || now >= suspension.since + Self.longestSuspension {
            dropInterrupted(at: now)
        } else if now >= suspension.decision {
            if isVoiced {
                self.suspension?.decision = now + .milliseconds(100)
            } else {
                resume(at: now)
            }
        }
    }

    /// Goes on with what was interrupted: the sound was no speech.
    mutating func resume(at now: CallInstant) {
        guard suspension != nil else { return }
        suspension = nil
        summary.falseInterruptions += 1
        turns.drop()
        echo?.wasWrong()
        notify(.resumed)
    }

    /// Gives up what was interrupted: the caller means to speak.
    mutating func dropInterrupted(at now: CallInstant) {
        guard suspension != nil else { return }
        suspension = nil
        endUtterances(keepsUnbegun: false)
    }

    /// Tells the platform to throw away what it holds.
    mutating func clear(at now: CallInstant) {
        clears.sent(at: now)
        outputs.append(.command(.clear))
        // What the platform held back for goes with its queue, and not every platform says that it takes more.
        hold(false, at: now)
    }

    /// Books that everything not yet heard is taken back; returns up to where the caller heard.
    mutating func takeBack(at now: CallInstant) -> Int64 {
        let isSentUnheard = ledger.mayHoldUnheard(at: now)
        let sent = ledger.kept
        let heard = ledger.reading.heardSamples(at: now).estimate
        if recording != nil { recordCut(unheard: sent - heard, isSentUnheard, at: now) }
        if isSentUnheard { backgroundFlushed(at: now) }
        _ = ledger.flush(at: now)
        echo?.flush(at: now)
        outputs.append(.reading(ledger.reading))
        outbound?.drop()
        return heard
    }
}

extension InterruptionPolicy {
    func yields(to interrupter: CallSession.Interrupter) -> Bool {
        switch (self, interrupter) {
        case (.allowed, _), (.digitsOnly, .digit): true
        case (.digitsOnly, .speech), (.protected, _): false
        }
    }
}

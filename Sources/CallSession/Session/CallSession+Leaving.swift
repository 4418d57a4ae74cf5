// SPDX-License-Identifier: Apache-2.0

package import CallModel
package import VoiceBridge

// The end: one path sends the hang-up, one closes, one settles.
extension CallSession {
    /// Ends a live call because the server stops: the platform is told to hang up at once or, with a goodbye, once that was
    /// heard; the socket closes with 1001.
    ///
    /// The bot's part is over before the goodbye begins. A call that is about to end by itself does so now, without what was
    /// still to be said.
    package mutating func shutDown(goodbye: Prompt? = nil, at now: CallInstant) {
        guard !isFinished else { return }
        let reason = EndReason(side: .server, code: "shutdown")
        switch phase {
        case .waiting: end(reason, closing: 1001, at: now)
        case .live:
            if let goodbye, !hasEndedBot, !goodbye.audio.samples.isEmpty {
                takeLeave(with: goodbye, reason, at: now)
            } else {
                leaveNow(reason, closing: 1001, at: now)
            }
        case .leaving, .closing: break
        }
        advance(at: now)
    }

    private mutating func takeLeave(with goodbye: Prompt, _ reason: EndReason, at now: CallInstant) {
        flush(tellingPlatform: true, at: now)
        // Its own end comes first: a hang-up, or a transfer.
        guard !isLeavingQueued else { return }
        endBot(reason, at: now)
        answerQueue(with: reason)
        enqueue(protected: goodbye, at: now)
        hangUpAfterPlayout(reason, closing: 1001)
    }

    /// Tells the bot what comes of what waited in the queue, which is empty then.
    private mutating func answerQueue(with reason: EndReason) {
        for item in queue {
            switch item.kind {
            case .digits(_, let id), .transfer(_, let id): outputs.append(.reply(id, .failed(.ended(reason))))
            case .utterance, .hangUp: break
            }
        }
        queue.removeAll()
    }

    /// Tells whether the socket takes more; frames stay here while it does not.
    package mutating func writabilityChanged(_ isWritable: Bool, at now: CallInstant) {
        guard isWritable != isSocketWritable, phase != .closing else { return }
        isSocketWritable = isWritable
        writabilityChanged(at: now)
        advance(at: now)
    }

    /// Keeps audio back while the platform takes none.
    mutating func hold(_ isHeld: Bool, at now: CallInstant) {
        guard isHeld != self.isHeld else { return }
        self.isHeld = isHeld
        writabilityChanged(at: now)
    }

    /// Sets the watchdog of a call that can send nothing, for whichever reason.
    mutating func writabilityChanged(at now: CallInstant) {
        writeDeadline = isWritable ? nil : writeDeadline ?? now + configuration.writeTimeout
    }

    /// Takes back what is unheard, and hangs up.
    mutating func leaveNow(_ reason: EndReason, closing code: UInt16, at now: CallInstant) {
        guard isLive else { return }
        flush(tellingPlatform: true, at: now)
        hangUp(reason, closing: code, at: now)
    }

    mutating func hangUp(_ reason: EndReason, closing code: UInt16, at now: CallInstant) {
        settle(reason, at: now)
        closeCode = code
        stopPlaying(at: now)
        guard configuration.capabilities.hangUp else {
            guard !isNamed else {
                ask(.hangUp, for: nil, at: now)
                phase = .leaving(deadline: now + configuration.outOfBandPatience, repeatAt: nil, attempt: 1)
                endBot(at: now)
                return
            }
            summary.leavesCaller = configuration.capabilities.closeMeaning != .hangUp
            close(at: now)
            endBot(at: now)
            return
        }
        outputs.append(.command(.hangUp(reason: reason.detail ?? reason.code)))
        let patience = configuration.hangUpPatience
        phase = .leaving(deadline: now + patience, repeatAt: now + patience / 2, attempt: 1)
        endBot(at: now)
    }

    mutating func transfer(to target: TransferTarget, _ id: RequestID, at now: CallInstant) {
        settle(EndReason(side: .bot, code: "transfer", detail: target.kind.rawValue), at: now)
        summary.transfer = target
        stopPlaying(at: now)
        outputs.append(.command(.transfer(target)))
        outputs.append(.reply(id, .done))
        phase = .leaving(deadline: now + configuration.transferPatience, repeatAt: nil, attempt: 1)
        endBot(at: now)
    }

    mutating func leave(deadline: CallInstant, repeatAt: CallInstant?, attempt: Int, at now: CallInstant) {
        if now >= deadline {
            outputs.append(.note(.platformDidNotEnd(attempt: attempt)))
            close(at: now)
        } else if let repeatAt, now >= repeatAt {
            outputs.append(.note(.platformDidNotEnd(attempt: attempt)))
            if let ending { outputs.append(.command(.hangUp(reason: ending.detail ?? ending.code))) }
            phase = .leaving(deadline: deadline, repeatAt: nil, attempt: attempt + 1)
        }
    }

    /// Ends the call from whatever state it is in, without another word to the platform.
    mutating func end(_ reason: EndReason, closing code: UInt16, at now: CallInstant) {
        if ending == nil {
            closeCode = code
            settle(reason, at: now)
        }
        stopPlaying(at: now)
        close(at: now)
        endBot(at: now)
    }

    /// Fixes the reason of the call's end; the first one counts.
    mutating func settle(_ reason: EndReason, at now: CallInstant) {
        guard ending == nil else { return }
        noteFindings()
        examination = nil
        ending = reason
        summary.reason = reason
        summary.duration = now - openedAt
        summary.samplesHeard = ledger.reading.heardSamples(at: now).estimate
        summary.underruns = ledger.underruns
        summary.underrunTime = ledger.underrunTime
        summary.lateness = .nanoseconds(latest)
    }

    /// Ends the bot's part: tells it, cancels it, and gives it its grace.
    mutating func endBot(_ reason: EndReason? = nil, at now: CallInstant) {
        guard let reason = ending ?? reason, start != nil, !hasEndedBot else { return }
        hasEndedBot = true
        if isBotRunning { botDeadline = now + configuration.botGrace }
        outputs.append(.endBot(reason, position: position))
    }

    /// Completes the call once the socket is gone and the bot has returned or used up its grace.
    mutating func finishIfSettled(at now: CallInstant) {
        if let botDeadline, now >= botDeadline {
            self.botDeadline = nil
            isBotRunning = false
            outputs.append(.note(.botOverdue))
            summary.isBotOverdue = true
        }
        guard let reason = ending, isSocketClosed, !isBotRunning, !isFinished, question == nil else { return }
        isFinished = true
        summary.reason = reason
        stages.removeAll()
        outputs.append(.finished(summary))
    }

    mutating func close(at now: CallInstant) {
        guard phase != .closing else { return }
        phase = .closing
        writeDeadline = nil
        endRecording(at: now)
        outputs.append(.close(code: closeCode, reason: ending?.code ?? ""))
    }

    /// Ends everything that is said, with what was heard of it, without a word to the platform.
    mutating func stopPlaying(at now: CallInstant) {
        flush(tellingPlatform: false, at: now)
        if let ending { answerQueue(with: ending) }
        queue.removeAll()
        kept = nil
    }
}

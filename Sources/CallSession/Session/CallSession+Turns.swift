// SPDX-License-Identifier: Apache-2.0

import CallModel
import VoiceBridge

// Whose turn it is: its end, its answer, and when nobody takes it.
extension CallSession {
    /// Whether somebody does something that silence is no sign against: the bot speaks or works, keys are collected.
    ///
    /// A collection has time limits of its own.
    var isSomebodyBusy: Bool {
        mutating get {
            worksInHand > 0 || digits.isCollecting || suspension != nil || question != nil
                || hasQueuedUtterance
        }
    }

    /// When the bot is told that nobody makes a sound.
    var idleDeadline: CallInstant? {
        mutating get {
            guard let time = configuration.idleTime, idle.count < configuration.idleRepeats, !isSomebodyBusy,
                !isSpeechTold, !turns.isOpen, !isLeavingQueued
            else { return nil }
            return max(lastActivity, ledger.expectedEnd, idle.since) + time
        }
    }

    mutating func tellIdle(at now: CallInstant) {
        guard let deadline = idleDeadline, now >= deadline else { return }
        idle = (idle.count + 1, now)
        notify(.idle(idle.count))
    }

    /// Ends the caller's turn when its time has come.
    mutating func endTurn(at now: CallInstant) {
        let place = TurnTracker.Point(time: now, position: position)
        guard turns.isOpen, suspension == nil, let over = turns.expire(at: now, heard: place) else { return }
        let turn = Turn(
            startedAt: over.start.time - startedAt,
            endedAt: over.end.time - startedAt,
            reason: over.reason,
            audio: over.start.position..<max(over.start.position, over.end.position)
        )
        answer.begin(turn, ended: over.end.time, at: now)
        notify(.turnEnded(turn))
    }

    /// Measures the answer to a turn with its first frame.
    mutating func measureAnswer(sentAt now: CallInstant, heardAt heard: CallInstant) {
        guard answer.isAwaited, let first = queue[0].utterance?.firstAudio,
            let timings = answer.answered(by: first, sent: now, heard: heard)
        else { return }
        notify(.turnMeasured(timings))
        outputs.append(.note(.turnMeasured(timings)))
    }

    /// Most playbacks whose text is remembered after their end.
    static let rememberedTexts = 64

    /// Keeps what was heard of an utterance's text beyond its end.
    mutating func remember(_ utterance: Utterance, _ outcome: PlaybackOutcome) {
        guard !utterance.text.isEmpty else { return }
        if heardTexts.count == Self.rememberedTexts { heardTexts.removeFirst() }
        let text =
            switch outcome {
            case .finished: utterance.wholeText
            case .interrupted(let time): utterance.heardText(at: time)
            }
        heardTexts.append((utterance.id, text))
    }

    /// What the caller has heard of a playback's text.
    func heardText(of id: PlaybackID, at now: CallInstant) -> String {
        let heard = ledger.reading.heardSamples(at: now).estimate
        let utterance = playing.first { $0.id == id } ?? queue.first { $0.utterance?.id == id }?.utterance
        if let utterance { return utterance.heardText(at: place(in: utterance, heard: heard)) }
        return heardTexts.last { $0.id == id }?.text ?? ""
    }
}

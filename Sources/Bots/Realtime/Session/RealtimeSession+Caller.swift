// SPDX-License-Identifier: Apache-2.0

import CallModel
import VoiceBridge

// What comes from the call.
extension RealtimeSession {
    /// Takes caller audio in the session's format.
    mutating func hear(_ bytes: Span<UInt8>, at now: CallInstant) {
        guard phase != .over, bytes.count > 0 else { return }
        guard phase == .ready, isWritable else { return keep(bytes) }
        let begin = events.end
        events.append(audio: bytes)
        outputs.append(.send(begin..<events.end))
    }

    /// Keeps audio that cannot be sent now; the oldest is dropped, in whole samples.
    private mutating func keep(_ bytes: Span<UInt8>) {
        for index in bytes.indices { backlog.append(bytes[index]) }
        let limit = format.audio.sampleCount(for: settings.inputBuffer) * format.audio.encoding.bytesPerSample
        // Dropped in steps of a fifth, so that not every message moves all that is kept.
        guard backlog.count > limit + limit / 5 else { return }
        let excess = (backlog.count - limit) / 2 * 2
        figures.droppedBytes += excess
        backlog.removeFirst(excess)
    }

    /// Sends what was kept.
    mutating func sendBacklog() {
        guard phase == .ready, isWritable, !backlog.isEmpty else { return }
        let kept = backlog
        backlog = []
        send { $0.append(audio: kept.span) }
    }

    /// Takes what happens on the call.
    mutating func receive(_ event: Call.Event, at now: CallInstant) {
        guard phase != .over else { return }
        switch event {
        case .digit(let digit, _): pressed(digit, at: now)
        case .speechStarted: callHeardSpeech(at: now)
        case .speechEnded: callHeardSilence(at: now)
        case .turnEnded: callHeardTurnEnd(at: now)
        case .playback(let id, .ended(let outcome)): playbackEnded(id, outcome, at: now)
        case .ended: end()
        default: break
        }
        askForAnswer(at: now)
    }

    private mutating func callHeardSpeech(at now: CallInstant) {
        guard settings.turnDetection == .local else { return }
        callerSpeaks = true
        turnDeadline = nil
        turnEndedAt = nil
        interrupt(serviceCancels: false)
    }

    private mutating func callHeardSilence(at now: CallInstant) {
        guard settings.turnDetection == .local, callerSpeaks else { return }
        callerSpeaks = false
        turnDeadline = now + settings.localSilence
    }

    /// The call's own judgement of turns, where it comes before the silence that was asked for.
    private mutating func callHeardTurnEnd(at now: CallInstant) {
        guard settings.turnDetection == .local, callerSpeaks || turnDeadline != nil else { return }
        callerSpeaks = false
        turnEnded(at: now)
    }

    /// The caller's turn is over, by this server's detector.
    mutating func turnEnded(at now: CallInstant) {
        turnDeadline = nil
        guard phase == .ready else {
            wantsAnswerWhenBack = true
            return
        }
        turnEndedAt = now
        send { $0.commit() }
        want(.plain, at: now)
        askForAnswer(at: now)
    }

    private mutating func pressed(_ digit: DTMFDigit, at now: CallInstant) {
        guard !isLeaving, keys.count < 64 else { return }
        keys.append(digit.character)
        keysDeadline = now + settings.digitPause
        if digit.character == "#" { tellKeys(at: now) }
    }

    /// Tells the model what keys were pressed, as words: the protocol has no event for them.
    mutating func tellKeys(at now: CallInstant) {
        guard phase == .ready else {
            // The next session learns of them.
            keysDeadline = now + .milliseconds(250)
            return
        }
        let text = "The caller pressed these keys on the telephone: \(keys.map(String.init).joined(separator: " "))"
        keys = ""
        keysDeadline = nil
        context.add(.user, text)
        let names = settings.eventNames
        send { $0.message(text, by: .user, names) }
        want(.plain, at: now)
        askForAnswer(at: now)
    }
}

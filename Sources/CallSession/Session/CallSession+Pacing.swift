// SPDX-License-Identifier: Apache-2.0

import CallModel
import VoiceBridge

// The pacer: which frame goes when.
extension CallSession {
    /// Writes every frame that is due, and carries out what waits behind audio that was heard.
    mutating func play(at now: CallInstant) {
        while isLive, isWritable, suspension == nil, !isMoving, !queue.isEmpty {
            switch queue[0].kind {
            case .utterance:
                guard writeFrames(at: now) else { return }
            case .digits(let keys, let id):
                guard isDrained(at: now) else { return }
                queue.removeFirst()
                outputs.append(.command(.digits(keys)))
                outputs.append(.reply(id, .done))
            case .hangUp(let reason, let code):
                guard isDrained(at: now) else { return }
                queue.removeFirst()
                hangUp(reason, closing: code, at: now)
            case .transfer(let target, let id):
                guard question == nil, isDrained(at: now) else { return }
                if isOutOfBand(target) {
                    // It stays first, so that nothing is said behind it.
                    ask(.transfer(target), for: id, at: now)
                } else {
                    queue.removeFirst()
                    transfer(to: target, id, at: now)
                }
            }
        }
    }

    /// Whether the platform is asked out of band to move the call for the server: what the bot says meanwhile waits.
    private var isMoving: Bool { question != nil && $moved }

    /// When the queue's first item wants attention.
    var playDeadline: CallInstant? {
        mutating get {
            guard isWritable, suspension == nil, question == nil, !queue.isEmpty else { return nil }
            guard let first = queue[0].utterance?.state else {
                return ledger.drainDeadline(slack: configuration.drainSlack)
            }
            guard first.available > 0 || first.isClosed || outbound?.holdsFrame == true else { return idleTime }
            if !first.hasStarted, let start = startTime { return start }
            return frameTime
        }
    }

    /// Whether the platform has been given time to play everything.
    private func isDrained(at now: CallInstant) -> Bool {
        ledger.drainDeadline(slack: configuration.drainSlack).map { now >= $0 } ?? true
    }

    /// Writes the frames of the queue's first utterance that are due; true when it is complete and has left the queue.
    private mutating func writeFrames(at now: CallInstant) -> Bool {
        guard let state = queue[0].utterance?.state else { return true }
        if !state.hasStarted {
            if let start = startTime, now < start { return false }
            guard state.available > 0 else {
                // It was closed before any audio came, or went on with none left.
                closeWhenIdle(at: now)
                guard queue[0].utterance?.isClosed == true else { return false }
                if let utterance = queue.removeFirst().utterance { finish(utterance, .finished) }
                return true
            }
            begin(at: now)
        }
        var hasWritten = false
        defer { if hasWritten { outputs.append(.reading(ledger.reading)) } }
        while true {
            if isUsedUp {
                complete()
                return true
            }
            let due = frameTime
            guard now >= due else { return false }
            if !fillFrame() {
                closeWhenIdle(at: now)
                guard queue[0].utterance?.state.isClosed == true else { return false }
                if isUsedUp { continue }
            }
            if state.hasStarted {
                // What came late itself is not ours.
                latest = max(latest, now.nanoseconds - max(due, state.lastAudio ?? due).nanoseconds)
            }
            writeFrame(at: now)
            hasWritten = true
        }
    }

    /// Whether the queue's first utterance is complete and nothing of it waits, the converter's last sample included.
    private var isUsedUp: Bool {
        mutating get { isDrawn && outbound?.hasRemainder != true }
    }

    /// Whether all of the queue's first utterance was drawn, the converter's last sample included.
    private var isDrawn: Bool {
        mutating get {
            guard queue[0].utterance?.state.isDrawn == true else { return false }
            outbound?.finish()
            return true
        }
    }

    private mutating func begin(at now: CallInstant) {
        guard let utterance = queue[0].utterance else { return }
        outbound?.begin(sampleRate: utterance.sampleRate)
        queue[0].utterance?.hasStarted = true
        queue[0].utterance?.startPosition = ledger.kept
        guard !utterance.isAnnounced else { return }
        queue[0].utterance?.isAnnounced = true
        notify(.playback(utterance.id, .started))
    }

    /// Draws from the queue's first utterance until a frame is there; false when it has not enough.
    private mutating func fillFrame() -> Bool {
        let before = queue[0].utterance?.state.available ?? 0
        let hasFrame = outbound?.fill(from: &queue[0]) == true
        let taken = before - (queue[0].utterance?.state.available ?? 0)
        if let credit = queue[0].utterance?.takeCredit(for: taken), credit > 0 { outputs.append(.credit(credit)) }
        return hasFrame
    }

    private mutating func writeFrame(at now: CallInstant) {
        let start = wireBytes.count
        guard let (content, frameSamples) = takeFrame() else { return }
        mixBackground(from: start, at: now)
        outputs.append(.audio(start..<wireBytes.count))
        let heardFrom = max(now, background?.end ?? now)
        if recording != nil { recordBot(from: start, playedAt: max(heardFrom, ledger.earliestEnd), at: now) }
        let playedFrom = max(heardFrom, ledger.expectedEnd)
        if let power = outbound?.framePower { echo?.play(power: power, from: playedFrom, for: wireFrame) }
        measureAnswer(sentAt: now, heardAt: playedFrom)
        ledger.write(frameSamples, continues: queue[0].utterance?.continues == true, at: heardFrom)
        summary.samplesSent += Int64(frameSamples)
        let sinceMark = queue[0].utterance?.wrote(frameSamples, content: content) ?? 0
        guard configuration.usesMarks else { return }
        let interval = Int64(ledger.sampleRate) * configuration.markInterval.wholeMilliseconds / 1_000
        if sinceMark >= interval { sendMark() }
    }

    /// Appends the next frame to ``wireBytes``; returns how many samples of it are not padding, and how many it has.
    private mutating func takeFrame() -> (content: Int, frame: Int)? {
        let isLast = isDrawn
        guard queue[0].utterance?.state.isCoded == true else {
            return outbound?.takeFrame(isLast: isLast, into: &wireBytes)
        }
        return outbound?.takeCodedFrame(from: &queue[0], into: &wireBytes)
    }

    private mutating func sendMark() {
        outputs.append(.command(.mark(ledger.mark())))
        queue[0].utterance?.sinceMark = 0
    }

    /// The queue's first utterance was written to its end.
    private mutating func complete() {
        if configuration.usesMarks, (queue[0].utterance?.sinceMark ?? 0) > 0 { sendMark() }
        if configuration.announcesUtteranceEnd { outputs.append(.command(.utteranceEnd)) }
        guard let utterance = queue.removeFirst().utterance else { return }
        playing.append(utterance)
    }

    /// The time at which the next frame may be written: when it would come to lie within the lead.
    private var frameTime: CallInstant {
        mutating get {
            ledger.earliestEnd + wireFrame - max(configuration.lead, wireFrame + frameMargin(wireFrame))
        }
    }

    /// How much of the audio before is still to be played when a frame goes that is longer than the route asks for: messages
    /// that come so rarely would else all come at the last moment.
    private func frameMargin(_ frame: Duration) -> Duration {
        frame > configuration.frame ? min(frame, Self.longFrameMargin) : .zero
    }

    /// When the queue's first utterance, which has not started, may do so; nil when at once.
    private var startTime: CallInstant? {
        guard let utterance = queue[0].utterance, utterance.source == .stream, !utterance.isClosed,
            let first = utterance.firstAudio
        else { return clears.restUntil }
        let there = Duration.nanoseconds(Int64(utterance.available) * 1_000_000_000 / Int64(utterance.sampleRate))
        guard there < configuration.startThreshold else { return clears.restUntil }
        return max(first + configuration.startThreshold, clears.restUntil ?? first)
    }

    /// When the queue's first utterance is held to be complete, unless more of it comes.
    private var idleTime: CallInstant? {
        mutating get {
            guard let last = queue[0].utterance?.state.lastAudio else { return nil }
            return max(last, ledger.earliestEnd) + configuration.streamIdle
        }
    }

    /// Completes a streamed utterance that has had no audio for long: what comes later is a new one.
    private mutating func closeWhenIdle(at now: CallInstant) {
        guard let state = queue[0].utterance?.state, !state.isClosed, state.available == 0, let idle = idleTime,
            now >= idle
        else { return }
        queue[0].utterance?.isClosed = true
    }
}

// SPDX-License-Identifier: Apache-2.0

import CallModel
import VoiceBridge

// The sound behind the conversation: no speech, and in no account.
extension CallSession {
    /// Puts a sound in the place of the one before, or ends it.
    mutating func setBackground(_ prompt: Prompt?, gain: Double, _ occasion: BackgroundOccasion) {
        guard let wire = start?.outboundFormat else { return }
        let end = background?.end
        background = prompt.flatMap { BackgroundSound($0, gain: gain, occasion, wire: wire) }
        if let end { background?.end = end }
    }

    /// Takes note of what the bot is told: the end of the caller's turn makes it think, its answer ends that.
    mutating func thoughtChanges(with event: Call.Event) {
        switch event {
        case .turnEnded: isAnswerAwaited = true
        case .speechStarted, .playback(_, .started): isAnswerAwaited = false
        default: break
        }
    }

    /// Whether the caller waits for the bot and hears nothing of it.
    private mutating func isThinking(at now: CallInstant) -> Bool {
        (worksInHand > 0 || isAnswerAwaited) && !hasQueuedUtterance && now >= ledger.expectedEnd
    }

    /// Mixes the sound into a frame of speech that was appended to ``wireBytes``.
    mutating func mixBackground(from start: Int, at now: CallInstant) {
        guard background != nil else { return }
        turnBackground(at: now)
        background?.mix(into: &wireBytes, from: start, underSpeech: true)
    }

    /// Sends the sound alone where there is nothing else to play.
    mutating func playBackground(at now: CallInstant) {
        guard background != nil, isLive, isWritable, let frame = outbound?.frame else { return }
        turnBackground(at: now)
        while let due = backgroundDeadline, now >= due, let wire = start?.outboundFormat {
            let first = wireBytes.count
            let bytes = wire.sampleCount(for: frame) * wire.encoding.bytesPerSample
            wireBytes.append(wire.encoding.silence, times: bytes)
            background?.mix(into: &wireBytes, from: first, underSpeech: false)
            outputs.append(.audio(first..<wireBytes.count))
            let played = max(now, playedEnd)
            if recording != nil { recordBot(from: first, playedAt: played, at: now) }
            background?.end = played + frame
        }
    }

    /// When more of the sound is to be sent; nil while there is none to hear.
    var backgroundDeadline: CallInstant? {
        mutating get {
            guard isLive, isWritable, background?.isAudible == true else { return nil }
            return playedEnd - BackgroundSound.lead
        }
    }

    /// What was sent is taken back, the sound's own included: it goes on at once.
    mutating func backgroundFlushed(at now: CallInstant) { background?.end = now }

    private mutating func turnBackground(at now: CallInstant) {
        guard let occasion = background?.occasion else { return }
        let isHeard = occasion == .always || isThinking(at: now)
        background?.turn(on: isHeard)
    }

    /// When a platform without delay will have played all speech and all that was sent of the sound alone.
    private var playedEnd: CallInstant { max(ledger.earliestEnd, background?.end ?? ledger.earliestEnd) }
}

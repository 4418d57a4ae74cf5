// SPDX-License-Identifier: Apache-2.0

import CallModel
import VoiceBridge

// Bot to caller: the queue, its interruption, and what was heard.
extension CallSession {
    /// What of the caller's may interrupt.
    enum Interrupter: Sendable { case speech, digit }

    /// Whether a hang-up or transfer waits at the end of the queue: nothing is said behind it.
    var isLeavingQueued: Bool { queue.last?.isLeaving ?? false }

    /// Whether the queue takes no more than what ends the call.
    var isQueueFull: Bool { queue.count >= configuration.maximumQueuedItems }

    mutating func makePlaybackID() -> PlaybackID {
        defer { nextOwnPlayback += 1 }
        return PlaybackID(nextOwnPlayback)
    }

    /// Puts an utterance at the end of the queue; a streamed one before it is complete with that.
    mutating func enqueue(_ utterance: Utterance) {
        closeOpenUtterance()
        queue.append(PlaybackItem(utterance))
    }

    /// Says that no more audio comes for the utterance at the end of the queue, the only one that may be open.
    mutating func closeOpenUtterance() {
        guard let last = queue.indices.last else { return }
        // A relay says itself when one of its utterances is complete.
        guard queue[last].utterance?.source != .relay else { return }
        queue[last].utterance?.isClosed = true
    }

    /// The place of the utterance at the end of the queue that still takes audio from this source.
    func openUtterance(from source: Utterance.Source) -> Int? {
        guard let last = queue.indices.last, let utterance = queue[last].utterance,
            utterance.source == source, !utterance.isClosed
        else { return nil }
        return last
    }

    /// Appends what a stage wrote to the live utterance, opening one when none is open.
    mutating func appendLive(at now: CallInstant) {
        guard !isLeavingQueued else { return }
        if let last = openUtterance(from: .live) {
            queue[last].utterance?.appendLive(writer.samples, at: now)
            trimLive(last)
            return
        }
        guard !isQueueFull else {
            summary.liveSamplesDropped += Int64(writer.samples.count)
            return
        }
        var utterance = Utterance(
            id: makePlaybackID(),
            source: .live,
            policy: .protected,
            sampleRate: configuration.botFormat.sampleRate
        )
        utterance.appendLive(writer.samples, at: now)
        enqueue(utterance)
        trimLive(queue.count - 1)
    }

    /// Holds what a stage has waiting to the limit, so that a delay once come does not stay for the rest of the call.
    private mutating func trimLive(_ index: Int) {
        let limit = configuration.botFormat.sampleCount(for: configuration.liveLimit)
        summary.liveSamplesDropped += Int64(queue[index].utterance?.trimLive(to: limit) ?? 0)
    }

    /// Stops everything that is said, if all of it may be stopped by this.
    mutating func interrupt(by interrupter: Interrupter, at now: CallInstant) {
        guard isLive, !isLeavingQueued else { return }
        guard playing.allSatisfy({ $0.policy.yields(to: interrupter) }),
            queue.allSatisfy({ $0.utterance?.policy.yields(to: interrupter) ?? true })
        else { return }
        let isNothingSaid = playing.isEmpty && !queue.contains { $0.utterance != nil }
        if isNothingSaid, lastPolicy?.yields(to: interrupter) == false { return }
        flush(tellingPlatform: true, at: now)
    }

    /// Takes back everything not yet heard; with `keepsUnbegun`, not what waits and of which nothing was sent.
    ///
    /// The one place that decides whether the platform is told to clear: it is when the ledger shows audio that may not have
    /// been played, whatever the bot is doing. On a platform that cannot clear, what was sent will be heard.
    mutating func flush(tellingPlatform: Bool, keepsUnbegun: Bool = false, at now: CallInstant) {
        let mayHold = ledger.mayHoldUnheard(at: now)
        let hasQueued = queue.contains { $0.utterance != nil }
        guard mayHold || hasQueued || !playing.isEmpty else { return }
        var heard = ledger.kept
        if tellingPlatform, !configuration.capabilities.clear {
            if hasQueued { summary.interruptions += 1 }
        } else {
            if mayHold, tellingPlatform { outputs.append(.command(.clear)) }
            let kept = ledger.kept
            heard = ledger.flush(at: now)
            if mayHold { backgroundFlushed(at: now) }
            if hasQueued || heard < kept { summary.interruptions += 1 }
            outputs.append(.reading(ledger.reading))
            let stopped = playing
            playing.removeAll(keepingCapacity: true)
            for utterance in stopped { stop(utterance, outcome(of: utterance, heard: heard)) }
        }
        outbound?.drop()
        let waiting = queue
        queue.removeAll(keepingCapacity: true)
        for item in waiting {
            guard let utterance = item.utterance, utterance.hasStarted || !keepsUnbegun else {
                queue.append(item)
                continue
            }
            stop(utterance, .interrupted(at: utterance.hasStarted ? place(in: utterance, heard: heard) : .zero))
        }
    }

    private mutating func stop(_ utterance: Utterance, _ outcome: PlaybackOutcome) {
        if utterance.source == .stream, utterance.requests.isEmpty { stoppedSpeech = outcome }
        finish(utterance, outcome)
    }

    /// Reports an utterance's end to whoever waits for it and returns the room it took.
    mutating func finish(_ utterance: Utterance, _ outcome: PlaybackOutcome) {
        var utterance = utterance
        for id in utterance.requests { outputs.append(.reply(id, .playback(outcome))) }
        if utterance.hasStarted || utterance.source == .relay { notify(.playback(utterance.id, .ended(outcome))) }
        let credit = utterance.takeCredit()
        if credit > 0 { outputs.append(.credit(credit)) }
    }

    /// How an utterance that was sent to its end came out.
    private func outcome(of utterance: Utterance, heard: Int64) -> PlaybackOutcome {
        heard >= utterance.endPosition ? .finished : .interrupted(at: place(in: utterance, heard: heard))
    }

    /// How much of an utterance was heard.
    private func place(in utterance: Utterance, heard: Int64) -> Duration {
        let samples = min(max(0, heard - utterance.startPosition), utterance.writtenContent)
        return .nanoseconds(samples * 1_000_000_000 / Int64(ledger.sampleRate))
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

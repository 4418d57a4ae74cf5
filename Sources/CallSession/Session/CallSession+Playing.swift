// SPDX-License-Identifier: Apache-2.0

import CallModel
import VoiceBridge

// Bot to caller: the queue, its interruption, and what was heard.
extension CallSession {
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
    mutating func openUtterance(from source: Utterance.Source) -> Int? {
        guard let last = queue.indices.last, let utterance = queue[last].utterance,
            utterance.source == source, !utterance.isClosed
        else { return nil }
        return last
    }

    /// Appends what a stage wrote to the live utterance, opening one when none is open.
    mutating func appendLive(at now: CallInstant) {
        guard !isLeavingQueued else { return }
        // A live source that speaks is the bot speaking anew.
        dropInterrupted(at: now)
        if let last = openUtterance(from: .live) {
            shedLateness(last, at: now)
            let samples = writer.samples
            queue[last].utterance?.appendLive(samples.span, at: now)
            trimLive(last)
            return
        }
        lateness.reset(at: now)
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
        utterance.appendLive(writer.samples.span, at: now)
        enqueue(utterance)
        trimLive(queue.count - 1)
    }

    /// Takes out of what a stage wrote as much as the delay has grown by.
    private mutating func shedLateness(_ index: Int, at now: CallInstant) {
        // What waits for something else to be said is not late; of it the newest is kept.
        guard let state = queue[index].utterance?.state, state.hasStarted else { return lateness.reset(at: now) }
        let rate = configuration.botFormat.sampleRate
        let waiting = configuration.botFormat.duration(ofSamples: state.available)
        let depth = waiting + max(.zero, ledger.earliestEnd - now)
        lateness.note(depth, at: now)
        summary.liveSamplesDropped += Int64(lateness.shed(from: &writer, sampleRate: rate, at: now))
    }

    /// Holds what a stage has waiting to the limit, so that a delay once come does not stay for the rest of the call.
    private mutating func trimLive(_ index: Int) {
        let limit = configuration.botFormat.sampleCount(for: configuration.liveLimit)
        summary.liveSamplesDropped += Int64(queue[index].utterance?.trimLive(to: limit) ?? 0)
    }

    /// Takes back everything not yet heard; with `keepsUnbegun`, not what waits and of which nothing was sent.
    ///
    /// The one place beside ``suspend(at:)`` that decides whether the platform is told to clear: it is when the ledger shows
    /// audio that may not have been played, whatever the bot is doing. On a platform that cannot clear, what was sent will
    /// be heard.
    ///
    /// - Returns: whether there was something to take back.
    @discardableResult
    mutating func flush(tellingPlatform: Bool, keepsUnbegun: Bool = false, at now: CallInstant) -> Bool {
        suspension = nil
        let mayHold = ledger.mayHoldUnheard(at: now)
        let hasQueued = hasQueuedUtterance
        guard mayHold || hasQueued || !playing.isEmpty else { return false }
        var isCut = hasQueued
        if tellingPlatform, !configuration.capabilities.clear {
            outbound?.drop()
            if let first = queue.first?.utterance, first.hasStarted {
                let place = place(in: first, heard: ledger.kept)
                queue[0].utterance?.stoppedAt = place
            }
        } else {
            if mayHold, tellingPlatform { clear(at: now) }
            let sent = ledger.kept
            let heard = takeBack(at: now)
            isCut = isCut || heard < sent
            if let first = queue.first?.utterance, first.hasStarted {
                let place = place(in: first, heard: heard)
                queue[0].utterance?.stoppedAt = place
            }
            let stopped = playing
            playing.removeAll(keepingCapacity: true)
            for utterance in stopped { stop(utterance, outcome(of: utterance, heard: heard)) }
        }
        if isCut { summary.interruptions += 1 }
        endUtterances(keepsUnbegun: keepsUnbegun)
        return isCut
    }

    /// Ends the utterances of the queue where the caller was in them.
    mutating func endUtterances(keepsUnbegun: Bool) {
        let waiting = queue
        queue.removeAll(keepingCapacity: true)
        for item in waiting {
            guard let utterance = item.utterance, utterance.hasStarted || !keepsUnbegun else {
                queue.append(item)
                continue
            }
            stop(utterance, .interrupted(at: utterance.stoppedAt))
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
        remember(utterance, outcome)
        if utterance.isAnnounced || utterance.source == .relay { notify(.playback(utterance.id, .ended(outcome))) }
        let credit = utterance.takeCredit()
        if credit > 0 { outputs.append(.credit(credit)) }
    }

    /// How an utterance that was sent to its end came out.
    private func outcome(of utterance: Utterance, heard: Int64) -> PlaybackOutcome {
        heard >= utterance.endPosition ? .finished : .interrupted(at: place(in: utterance, heard: heard))
    }

    /// Samples of the wire that are an utterance's own and were heard, since it began or went on.
    func heardContent(of utterance: Utterance, heard: Int64) -> Int64 {
        min(max(0, heard - utterance.startPosition), utterance.writtenContent)
    }

    /// How much of an utterance was heard.
    func place(in utterance: Utterance, heard: Int64) -> Duration {
        guard utterance.hasStarted else { return utterance.stoppedAt }
        let before = Int64(utterance.resumePoint) * 1_000_000_000 / Int64(utterance.sampleRate)
        let since = heardContent(of: utterance, heard: heard) * 1_000_000_000 / Int64(ledger.sampleRate)
        return .nanoseconds(before + since)
    }
}

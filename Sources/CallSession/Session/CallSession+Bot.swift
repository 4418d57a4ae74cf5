// SPDX-License-Identifier: Apache-2.0

package import CallModel
package import VoiceBridge

// What the bot asks.
extension CallSession {
    /// Takes a request of the bot's.
    package mutating func receive(_ request: BotRequest, at now: CallInstant) {
        guard !isFinished else { return }
        switch request {
        case .returned: botReturned(at: now)
        case .failed(let description): botFailed(description, at: now)
        default:
            isBotActive = true
            guard isLive else {
                refuse(request)
                return
            }
            carryOut(request, at: now)
        }
        advance(at: now)
    }

    /// Ends the call because more control events wait for the bot than its inbox holds.
    package mutating func botIsTooSlow(at now: CallInstant) {
        guard isLive else { return }
        outputs.append(.note(.botTooSlow))
        leaveNow(EndReason(side: .error, code: "bot_too_slow"), closing: 1011, at: now)
        advance(at: now)
    }

    private mutating func carryOut(_ request: BotRequest, at now: CallInstant) {
        switch request {
        case .listen: listen()
        case .attach(let stage): attach(stage, at: now)
        case .say(let chunk, let policy): say(chunk, policy, at: now)
        case .finishSpeech(let id): finishSpeech(id)
        case .play(let id, let playback, let prompt, let policy): play(id, playback, prompt, policy, at: now)
        case .flush: flush(tellingPlatform: true, at: now)
        case .collect(let id, let collection):
            for (id, digits) in digits.begin(id, collection, isQuiet: !isBotAudible(at: now), at: now) {
                outputs.append(.reply(id, .digits(digits)))
            }
        case .discardDigits: digits.discard()
        case .discardAudio: kept?.removeAll()
        case .send(let id, let keys): enqueue(PlaybackItem(.digits(keys, id)), awaitedBy: id)
        case .transfer(let id, let target, let timing): transfer(id, target, timing, at: now)
        case .hangUp(let timing, let reason):
            let reason = EndReason(side: .bot, code: "hangup", detail: reason)
            switch timing {
            case .now: leaveNow(reason, closing: 1000, at: now)
            case .afterPlayout: hangUpAfterPlayout(reason, closing: 1000)
            }
        case .cancel(let id): cancel(id, at: now)
        case .returned, .failed: break
        }
    }

    /// Answers a request that came when the call was already ending.
    private mutating func refuse(_ request: BotRequest) {
        let error = ending.map { CallError.ended($0) } ?? .alreadyLeaving
        switch request {
        case .play(let id, _, _, _), .finishSpeech(let id), .collect(let id, _), .send(let id, _),
            .transfer(let id, _, _):
            outputs.append(.reply(id, .failed(error)))
        case .say(let chunk, _): outputs.append(.credit(chunk.duration.wholeNanoseconds))
        case .listen, .attach, .flush, .discardDigits, .discardAudio, .hangUp, .cancel, .returned, .failed: break
        }
    }

    private mutating func say(_ chunk: AudioChunk, _ policy: InterruptionPolicy, at now: CallInstant) {
        let credit = chunk.duration.wholeNanoseconds
        if let last = openUtterance(from: .stream), queue[last].utterance?.sampleRate == chunk.format.sampleRate {
            queue[last].utterance?.append(chunk.samples, at: now)
            queue[last].utterance?.credit += credit
            return
        }
        guard !isLeavingQueued, !isQueueFull else {
            outputs.append(.credit(credit))
            return
        }
        var utterance = Utterance(
            id: makePlaybackID(),
            source: .stream,
            policy: policy,
            sampleRate: chunk.format.sampleRate
        )
        utterance.append(chunk.samples, at: now)
        utterance.credit = credit
        stoppedSpeech = nil
        enqueue(utterance)
    }

    private mutating func finishSpeech(_ id: RequestID) {
        if let index = queue.lastIndex(where: { $0.utterance?.source == .stream }) {
            queue[index].utterance?.isClosed = true
            queue[index].utterance?.requests.append(id)
        } else if let index = playing.lastIndex(where: { $0.source == .stream }) {
            playing[index].requests.append(id)
        } else {
            outputs.append(.reply(id, .playback(stoppedSpeech ?? .finished)))
            stoppedSpeech = nil
        }
    }

    private mutating func play(
        _ id: RequestID,
        _ playback: PlaybackID,
        _ prompt: Prompt,
        _ policy: InterruptionPolicy,
        at now: CallInstant
    ) {
        guard mayEnqueue(awaitedBy: id) else { return }
        var utterance = Utterance(
            id: playback,
            source: .prompt,
            policy: policy,
            sampleRate: prompt.audio.format.sampleRate,
            isClosed: true
        )
        utterance.requests = [id]
        utterance.append(prompt.audio.samples, at: now)
        guard utterance.available > 0 else {
            outputs.append(.reply(id, .playback(.finished)))
            return
        }
        enqueue(utterance)
    }

    private mutating func transfer(
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

    private mutating func cancel(_ id: RequestID, at now: CallInstant) {
        digits.cancel(id)
        for (index, item) in queue.enumerated() {
            if let utterance = item.utterance, utterance.requests.contains(id) {
                if utterance.hasStarted {
                    flush(tellingPlatform: true, keepsUnbegun: true, at: now)
                } else {
                    queue.remove(at: index)
                    finish(utterance, .interrupted(at: .zero))
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

    private mutating func botReturned(at now: CallInstant) {
        isBotRunning = false
        botDeadline = nil
        guard isLive, !isLeavingQueued else { return }
        hangUpAfterPlayout(EndReason(side: .bot, code: "returned"), closing: 1000)
    }

    private mutating func botFailed(_ description: String, at now: CallInstant) {
        isBotRunning = false
        botDeadline = nil
        guard isLive else { return }
        let description = description.prefixed(toBytes: 256)
        summary.botError = description
        outputs.append(.note(.botFailed(description)))
        guard !isLeavingQueued else { return }
        if let apology = configuration.apology {
            var utterance = Utterance(
                id: makePlaybackID(),
                source: .prompt,
                policy: .protected,
                sampleRate: apology.audio.format.sampleRate,
                isClosed: true
            )
            utterance.append(apology.audio.samples, at: now)
            enqueue(utterance)
        }
        hangUpAfterPlayout(EndReason(side: .error, code: "bot_failed", detail: description), closing: 1011)
    }

    private mutating func hangUpAfterPlayout(_ reason: EndReason, closing code: UInt16) {
        guard !isLeavingQueued else { return }
        closeOpenUtterance()
        queue.append(PlaybackItem(.hangUp(reason, closeCode: code)))
    }

    private mutating func enqueue(_ item: PlaybackItem, awaitedBy id: RequestID) {
        guard mayEnqueue(awaitedBy: id) else { return }
        closeOpenUtterance()
        queue.append(item)
    }

    /// Whether the queue takes another item; if not, the request is answered.
    private mutating func mayEnqueue(awaitedBy id: RequestID) -> Bool {
        if isLeavingQueued {
            outputs.append(.reply(id, .failed(.alreadyLeaving)))
        } else if isQueueFull {
            let what = "\(queue.count) items wait to be played: await some of them before asking for more"
            outputs.append(.reply(id, .failed(.invalid(what))))
        } else {
            return true
        }
        return false
    }
}

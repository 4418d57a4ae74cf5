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
            guard isLive, !hasEndedBot else {
                refuse(request)
                return
            }
            carryOut(request, at: now)
        }
        advance(at: now)
    }

    /// Takes what an operator asks in the bot's place, answered as the bot is; it is no sign of life of the bot's.
    package mutating func receiveFromOperator(_ request: BotRequest, at now: CallInstant) {
        guard isLive, !isFinished else { return refuse(request) }
        carryOut(request, at: now)
        advance(at: now)
    }

    /// Ends the call because more control events wait for the bot than its inbox holds.
    package mutating func botIsTooSlow(at now: CallInstant) {
        guard isLive else { return }
        outputs.append(.note(.botTooSlow))
        leaveNow(EndReason(side: .error, code: "bot_too_slow"), closing: 1011, at: now)
        advance(at: now)
    }

    /// Ends the call because more requests of the bot's wait than are taken.
    package mutating func botIsTooFast(at now: CallInstant) {
        guard isLive else { return }
        outputs.append(.note(.botTooFast))
        leaveNow(EndReason(side: .error, code: "bot_too_fast"), closing: 1011, at: now)
        advance(at: now)
    }

    private mutating func carryOut(_ request: BotRequest, at now: CallInstant) {
        switch request {
        case .listen: listen()
        case .attach(let stage): attach(stage, at: now)
        case .detectAnswering(let method): detectAnswering(method, at: now)
        case .background(let prompt, let gain, let occasion): setBackground(prompt, gain: gain, occasion)
        case .say(let chunk, let marks, let policy): say(chunk, marks, policy, at: now)
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
        case .resume: resume(at: now)
        case .dropInterrupted: dropInterrupted(at: now)
        case .report(let stage): answer.report(stage, at: now)
        case .tookTurn: answer.taken(at: now)
        case .beginWork: worksInHand += 1
        case .endWork:
            worksInHand = max(0, worksInHand - 1)
            lastActivity = now
        case .record(let action): control(recording: action, at: now)
        case .heardText(let id, let playback): outputs.append(.reply(id, .text(heardText(of: playback, at: now))))
        case .attachRelay, .tellRelay, .returned, .failed: break
        }
    }

    /// Answers a request that came when the call was already ending.
    private mutating func refuse(_ request: BotRequest) {
        let error = ending.map { CallError.ended($0) } ?? .alreadyLeaving
        switch request {
        case .play(let id, _, _, _), .finishSpeech(let id), .collect(let id, _), .send(let id, _),
            .transfer(let id, _, _), .heardText(let id, _):
            outputs.append(.reply(id, .failed(error)))
        case .say(let chunk, _, _): outputs.append(.credit(chunk.duration.wholeNanoseconds))
        case .detectAnswering, .background: break
        case .listen, .attach, .flush, .discardDigits, .discardAudio, .hangUp, .cancel, .returned, .failed, .resume,
            .attachRelay, .tellRelay, .dropInterrupted, .report, .tookTurn, .beginWork, .endWork, .record:
            break
        }
    }
}

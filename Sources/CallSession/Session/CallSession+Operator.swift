// SPDX-License-Identifier: Apache-2.0

package import CallModel
package import VoiceBridge

// What an operator asks and sees.
extension CallSession {
    /// Ends a live call because an operator wants it ended; audio that was not heard is taken back.
    ///
    /// - Returns: false when the call is leaving already.
    package mutating func hangUpForOperator(_ detail: String?, at now: CallInstant) -> Bool {
        guard isLive, !isFinished else { return false }
        leaveNow(EndReason(side: .server, code: "operator", detail: detail), closing: 1000, at: now)
        advance(at: now)
        return true
    }

    /// Takes back what was not heard, whoever said it.
    ///
    /// - Returns: whether there was something to take back; nil when the call is leaving already.
    package mutating func flushForOperator(at now: CallInstant) -> Bool? {
        guard isLive, !isFinished else { return nil }
        let isCut = flush(tellingPlatform: true, at: now)
        advance(at: now)
        return isCut
    }

    /// Queues a prompt behind what is said already, answered as the bot is.
    package mutating func playForOperator(
        _ id: RequestID,
        _ prompt: Prompt,
        _ policy: InterruptionPolicy,
        at now: CallInstant
    ) {
        receiveFromOperator(.play(id, makePlaybackID(), prompt, policy), at: now)
    }

    /// How the call stands.
    ///
    /// Mutating because what waits is looked at in place.
    package mutating func snapshot(at now: CallInstant) -> CallSnapshot {
        let isSettled = ending != nil
        return CallSnapshot(
            isLeaving: !isLive,
            duration: isSettled ? summary.duration : now - openedAt,
            samplesReceived: summary.samplesReceived,
            samplesSent: summary.samplesSent,
            samplesHeard: isSettled ? summary.samplesHeard : ledger.reading.heardSamples(at: now).estimate,
            wireRate: ledger.sampleRate,
            queued: queuedAudio,
            underruns: isSettled ? summary.underruns : ledger.underruns,
            interruptions: summary.interruptions,
            digits: summary.digits,
            malformedMessages: summary.malformedMessages
        )
    }

    /// Audio that waits to be sent: what the bot said and the pacer has not given to the platform yet.
    package var queuedAudio: Duration {
        mutating get {
            var nanoseconds: Int64 = 0
            for index in queue.indices where queue[index].utterance != nil {
                guard let rate = queue[index].utterance?.sampleRate, let waiting = queue[index].utterance?.available
                else {
                    continue
                }
                nanoseconds += Int64(waiting) * 1_000_000_000 / Int64(rate)
            }
            return .nanoseconds(nanoseconds)
        }
    }
}

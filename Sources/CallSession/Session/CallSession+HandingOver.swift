// SPDX-License-Identifier: Apache-2.0

package import CallModel
import VoiceBridge

// A server that stops has its calls moved to another one, each between two turns.
extension CallSession {
    /// Has the call moved to another bot at the next turn boundary: nobody speaks or is owed an answer, nothing is played,
    /// no digits are collected and nothing that ends the call is under way.
    ///
    /// Each time that it could be, ``CallSessionOutput/handOverDue`` asks; ``moveOn(at:)`` moves it then, and
    /// ``waitToMove(for:at:)`` has it wait. A call whose platform cannot move it goes on.
    ///
    package mutating func handOver(at now: CallInstant) {
        guard !isFinished, ending == nil, !$handOver else { return }
        handOver = HandOver(notBefore: now + HandOver.quiet)
        advance(at: now)
    }

    /// Moves the call, which was said to be between two turns at this moment.
    ///
    /// - Parameters:
    ///   - target: where the platform is told to take it.
    ///   - shown: the same as records may show it.
    ///   - now: the time.
    package mutating func moveOn(to target: TransferTarget, shownAs shown: TransferTarget, at now: CallInstant) {
        guard handOver?.isAsked == true, isLive else { return }
        hasTransferred = true
        if isOutOfBand(target) {
            moved = shown
            ask(.transfer(target), for: nil, at: now)
        } else {
            settleMoved(to: shown, at: now)
            outputs.append(.command(.transfer(target)))
            phase = .leaving(deadline: now + configuration.transferPatience, repeatAt: nil, attempt: 1)
            endBot(at: now)
        }
        advance(at: now)
    }

    /// Has the call wait with its move.
    package mutating func waitToMove(for time: Duration, at now: CallInstant) {
        guard $handOver else { return }
        handOver?.isAsked = false
        handOver?.notBefore = now + time
    }

    /// Fixes that the call was moved.
    mutating func settleMoved(to shown: TransferTarget, at now: CallInstant) {
        settle(EndReason(side: .server, code: "handed_over", detail: shown.kind.rawValue), at: now)
        summary.transfer = shown
        stopPlaying(at: now)
    }

    /// Asks whether the call is to be moved now, if it could be.
    mutating func askToMove(at now: CallInstant) {
        guard $handOver, let time = moveTime, now >= time else { return }
        handOver?.isAsked = true
        outputs.append(.handOverDue)
    }

    /// When the call could be moved; nil while something has to happen before.
    var moveTime: CallInstant? {
        mutating get {
            guard $handOver, let handOver, !handOver.isAsked, canMove, !hasTransferred, queue.isEmpty, playing.isEmpty,
                !isSomebodyBusy, !isSpeechTold, !turns.isOpen
            else { return nil }
            let patience = isAnswerAwaited ? HandOver.answerPatience : HandOver.quiet
            let heard = ledger.drainDeadline(slack: configuration.drainSlack) ?? ledger.expectedEnd
            return max(handOver.notBefore, lastActivity + patience, max(heard, ledger.expectedEnd) + HandOver.quiet)
        }
    }

    /// Whether the platform can move a call to another bot.
    private var canMove: Bool {
        configuration.capabilities.transfers.contains(.bot) || isOutOfBand(.bot(url: ""))
    }
}

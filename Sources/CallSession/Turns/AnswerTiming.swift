// SPDX-License-Identifier: Apache-2.0

import CallModel
import VoiceBridge

/// Collects when what happened between the end of a turn and the answer to it.
struct AnswerTiming: Sendable {
    private struct Open: Sendable {
        var turn: Turn
        var ended: CallInstant
        var decided: CallInstant
        var network: Duration?
        var taken: CallInstant?
        var stages: [TurnStage: CallInstant] = [:]
    }

    private var open: Open?
    /// How late the caller's audio is by the platform's timestamps, against an unknown origin, and the least of it.
    private var lateness: (last: Duration, least: Duration)?

    /// Whether a turn is over and not answered.
    var isAwaited: Bool { open != nil }

    /// Takes the platform's timestamp of a message, in milliseconds, that came so long after the call's start.
    mutating func note(timestamp: Int64, after time: Duration) {
        let late = time - .milliseconds(timestamp)
        lateness = (late, min(late, lateness?.least ?? late))
    }

    mutating func begin(_ turn: Turn, ended: CallInstant, at now: CallInstant) {
        open = Open(turn: turn, ended: ended, decided: now, network: lateness.map { $0.last - $0.least })
    }

    mutating func taken(at now: CallInstant) {
        if open?.taken == nil { open?.taken = now }
    }

    mutating func report(_ stage: TurnStage, at now: CallInstant) {
        guard open != nil, open?.stages[stage] == nil else { return }
        open?.stages[stage] = now
    }

    /// Takes the first frame of audio that came at `firstAudio`; the timings when it answers the turn.
    mutating func answered(by firstAudio: CallInstant, sent: CallInstant, heard: CallInstant) -> TurnTimings? {
        guard let open, firstAudio >= open.decided else { return nil }
        self.open = nil
        return TurnTimings(
            turn: open.turn,
            network: open.network,
            endOfTurn: open.decided - open.ended,
            taken: open.taken.map { $0 - open.ended },
            stages: open.stages.mapValues { $0 - open.ended },
            sent: sent - open.ended,
            heard: heard - open.ended
        )
    }
}

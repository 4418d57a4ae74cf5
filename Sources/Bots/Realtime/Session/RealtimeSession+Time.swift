// SPDX-License-Identifier: Apache-2.0

import CallModel

// What is due, and when the next thing is.
extension RealtimeSession {
    /// Does everything that is due at `now`.
    mutating func advance(at now: CallInstant) {
        switch phase {
        case .connecting(let deadline) where now >= deadline:
            lost("no connection within \(settings.connectTimeout)", at: now)
        case .opening(let deadline) where now >= deadline: update(at: now)
        case .updating(let deadline) where now >= deadline:
            lost("the session was not confirmed within \(settings.answerTimeout)", at: now)
        case .pausing(let until) where now >= until: connect(at: now)
        default: break
        }
        guard phase != .over else { return }
        if let turnDeadline, now >= turnDeadline { turnEnded(at: now) }
        if let keysDeadline, now >= keysDeadline { tellKeys(at: now) }
        advanceCalls(at: now)
        guard phase == .ready else { return }
        if let answerDeadline, now >= answerDeadline { answerIsOverdue(at: now) }
        if let retryAt, now >= retryAt {
            self.retryAt = nil
            askForAnswer(at: now)
        }
        guard phase == .ready, let readySince else { return }
        if outageBegan != nil, now >= readySince + Self.soundAge { isSound() }
        let age = readySince + settings.sessionAge
        if now >= age + Self.renewalPatience || now >= age && isPausing { renew(at: now) }
    }

    /// When ``advance(at:)`` is due next.
    var nextDeadline: CallInstant? {
        var next: CallInstant?
        func consider(_ instant: CallInstant?) {
            guard let instant else { return }
            next = min(next ?? instant, instant)
        }
        switch phase {
        case .idle, .over: return nil
        case .connecting(let deadline), .opening(let deadline), .updating(let deadline): consider(deadline)
        case .pausing(let until): consider(until)
        case .ready:
            consider(answerDeadline)
            consider(retryAt)
            consider(renewalDeadline)
        }
        consider(turnDeadline)
        consider(keysDeadline)
        for call in calls {
            consider(call.deadline)
            consider(call.fillerAt)
        }
        return next
    }

    /// When the session is looked at for its age; once it is old, whenever something else happens, and at the latest bound.
    private var renewalDeadline: CallInstant? {
        guard let readySince else { return nil }
        if outageBegan != nil { return readySince + Self.soundAge }
        let age = readySince + settings.sessionAge
        return isPausing ? age : age + Self.renewalPatience
    }

    /// Nobody speaks, and nothing is awaited: between two turns.
    private var isPausing: Bool {
        running == nil && awaited == nil && items.isEmpty && !callerSpeaks && calls.isEmpty && requests.isEmpty
            && turnDeadline == nil && !isLeaving
    }
}

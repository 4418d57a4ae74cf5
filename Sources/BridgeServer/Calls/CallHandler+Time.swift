// SPDX-License-Identifier: Apache-2.0

import CallModel
import NIOCore
import WebSocketWire

// Time.
extension CallHandler {
    var nextDeadline: NIODeadline? {
        guard !closing.isBegun else { return earlier(engineDeadline, closing.deadline) }
        return earlier(engineDeadline, connection.nextDeadline)
    }

    var engineDeadline: NIODeadline? { engine.nextDeadline.map { NIODeadline($0) } }

    func earlier(_ first: NIODeadline?, _ second: NIODeadline?) -> NIODeadline? {
        guard let first else { return second }
        return second.map { min(first, $0) } ?? first
    }

    func timerFired(at now: NIODeadline) {
        let start = workBegins
        defer { pay(since: start) }
        if let deadline = closing.deadline, now >= deadline {
            closing.deadline = nil
            isSocketGone = true
            context?.close(promise: nil)
        }
        switch connection.handle(timeAt: now) {
        case .pingQueued: isPingQueued = true
        case .peerSilent:
            farewell(.goingAway, "peer_silent")
            let reason = EndReason(side: .error, code: "peer_silent", detail: "neither message nor pong in time")
            engine.fail(reason, closing: CloseCode.goingAway.rawValue, at: CallInstant(now))
        case .closeTimedOut, nil: break
        }
        engine.advance(at: CallInstant(now))
        endTurn(at: now)
    }

    /// A last close frame where the connection has given the peer up without a word: it may still hear.
    func farewell(_ code: CloseCode, _ reason: String) {
        WebSocketConnection.writeServerFrameHeader(.close, payloadLength: 2 + reason.utf8.count, into: &gathered)
        gathered.writeInteger(code.rawValue)
        gathered.writeString(reason)
    }
}

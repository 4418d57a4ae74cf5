// SPDX-License-Identifier: Apache-2.0
import NIOCore
import WebSocketWire

extension LoadCall {
    /// Reads the server's answer; true when the WebSocket is open.
    func readResponse() -> Bool {
        do throws(OpeningResponseError) {
            guard let response = try OpeningResponse(from: &head) else { return false }
            do throws(ClientHandshakeError) {
                _ = try handshake.check(status: response.status, headers: response.headers)
            } catch {
                fail(error.description)
                return false
            }
        } catch {
            fail(error.description)
            return false
        }
        begin()
        return true
    }

    /// The server closes the WebSocket: the bot's way to leave on some platforms, a fault while a call is to go on.
    func receiveClose(_ code: CloseCode) {
        guard phase == .live || phase == .draining else { return }
        if loop.settings.plan.expectation != .anything || code.rawValue != 1_000 {
            let reason = wire?.closeStatus?.reason ?? ""
            problem = problem ?? "the server closed with \(code.rawValue) \(reason.prefix(60))"
        }
        giveUp()
    }

    /// The WebSocket takes no more: what is left is the end of the connection.
    func giveUp() {
        guard phase == .live || phase == .draining else { return }
        settleFrames()
        phase = .leaving
        due = .distantFuture
        setTimer(in: .seconds(5)) { call in call.fail("the server did not end the connection within 5 s") }
    }

    /// The call did not come about, or broke.
    func fail(_ reason: String) {
        problem = problem ?? reason
        guard let context else { return connectionEnded() }
        context.close(promise: nil)
    }

    /// The run was over before the call came about: it is taken back, for nobody waited for the server's answer.
    func abandon() {
        guard phase != .over else { return }
        phase = .over
        timer?.cancel()
        timer = nil
        loop.tally.callsStarted -= 1
        loop.ended(self, isWell: true)
        context?.close(promise: nil)
    }

    /// The connection is gone: the call is counted, once.
    func connectionEnded() {
        guard phase != .over else { return }
        settleFrames()
        let isWell = phase == .leaving && problem == nil
        phase = .over
        due = .distantFuture
        timer?.cancel()
        timer = nil
        wire?.transportClosed()
        if isWell {
            loop.tally.callsEnded += 1
        } else {
            loop.tally.failures.count(String((problem ?? "the server closed the connection").prefix(120)))
        }
        loop.ended(self, isWell: isWell)
    }

    /// Counts what has not come back, and what the tone told.
    func settleFrames() {
        guard phase == .live || phase == .draining, loop.settings.plan.expectation.isEcho else { return }
        let missing = framesSent - audioFrames - (check?.settledShift ?? 0)
        if missing > 0 { loop.tally.framesLost += missing }
        if let tone, let check {
            loop.tally.tones.add(check.good, frequency: tone.frequency, reference: check.reference)
        }
    }
}

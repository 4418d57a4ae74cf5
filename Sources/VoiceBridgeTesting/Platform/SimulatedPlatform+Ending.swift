// SPDX-License-Identifier: Apache-2.0

extension SimulatedPlatform {
    /// The server's close frame has come; 1005 stands for a frame without a code.
    public mutating func receiveClose(code: UInt16, reason: String, at now: Duration) {
        tick(now)
        guard phase != .over else { return }
        outcome.closeCode = code
        note(.received, "close \(code)\(reason.isEmpty ? "" : " \(reason)")")
        let words = "close \(code)\(reason.isEmpty ? "" : ": \(reason)")"
        if phase == .ending {
            let isRight = code == 1000 || code == configuration.fault?.expectedCloseCode
            if !isClosing, !isRight, configuration.fault != .halfClose {
                violate(.closeCode, "\(words) where 1000 belongs", closes: false)
            }
            if !isClosing, hasFarewell {
                violate(.closedFirst, "\(words) where the platform closes", closes: false)
            } else if !isClosing, code == 1000, let farewell = wire.rules.farewellName {
                violate(.noFarewell, "the server closed without '\(farewell)'", closes: false)
            }
        } else if hangUps > 0 {
            settle(.bot, "hangup", asTold: true)
            if code != 1000 { violate(.closeCode, "\(words) where 1000 belongs", closes: false) }
        } else if wire.rules.isLeftByClosing, code == 1000, phase == .live {
            settle(.bot, "close", asTold: true)
        } else {
            settle(.server, words, asTold: code == configuration.fault?.expectedCloseCode ?? 1001)
        }
        finish()
    }

    /// The transport has ended, with what went wrong in words if anything did.
    public mutating func connectionEnded(_ problem: String?, at now: Duration) {
        tick(now)
        guard phase != .over else { return }
        outcome.closeCode = 1006
        note(.received, "end of the connection\(problem.map { ": \($0)" } ?? "")")
        if phase == .ending {
            if !isClosing, configuration.fault != .halfClose {
                violate(.noCloseFrame, "the connection ended without a close frame", closes: false)
            }
        } else if isDeaf {
            settle(.server, "connection ended", asTold: true)
        } else {
            settle(.error, "connection lost\(problem.map { ": \($0)" } ?? "")", asTold: false)
        }
        finish()
    }

    /// The server broke the WebSocket protocol, said in words; the layer below has answered with a close frame.
    public mutating func receiveFault(_ problem: String, at now: Duration) {
        tick(now)
        guard phase != .over else { return }
        violate(.webSocket, problem, closes: false)
        finish()
    }

    /// The caller hangs up ahead of time.
    public mutating func callerHangsUp(at now: Duration) {
        tick(now)
        guard phase == .connected || phase == .live else { return }
        end(by: .caller, reason: "callended", stopReason: "callended")
    }

    /// The planned end of the call has come.
    mutating func reachEnd() {
        switch configuration.fault {
        case .closeWithoutStop: cut("cut without stop")
        case .vanish: cut("vanished")
        case .deaf: cut("deaf to the end")
        case .halfClose:
            actions.append(.halfClose)
            note(.sent, "end of the sending half")
            beginEnding(by: .caller, reason: "half-closed", within: .seconds(5))
        case .ignoreHangUp where hangUps > 0, .ignoreHangUpOnce where hangUps > 0:
            violate(.notClosed, "the server neither closed nor hung up again")
            hangOnUp()
        case .some(let fault) where fault.expectedCloseCode != nil:
            violate(.notClosed, "the server did not answer the fault '\(fault.rawValue)' by closing")
            hangOnUp()
        default: end(by: .caller, reason: "callended", stopReason: "callended")
        }
    }

    /// Sends `stop` and waits for the server to close.
    mutating func end(by ender: SimulatedCallResult.Ender, reason: String, stopReason: String) {
        guard phase != .ending, phase != .over else { return }
        var saysStop = true
        for _ in 0..<(configuration.fault == .stopTwice ? 2 : 1) {
            guard let message = wire.stop(callID: configuration.callID, reason: stopReason) else {
                saysStop = false
                break
            }
            send(message, noted: "stop \(stopReason)")
        }
        beginEnding(by: ender, reason: reason, within: configuration.closeGrace)
        if !saysStop { close(code: 1000, reason: "") }
    }

    /// The server has not closed in time.
    mutating func giveUpWaiting() {
        if configuration.fault == .halfClose, !isClosing {
            violate(.notClosed, "the server kept a half-closed connection for 5 s")
        } else if !isClosing, hasFarewell {
            close(code: 1000, reason: "")
        } else if !isClosing {
            note(.inside, "the server has not closed")
            close(code: 1000, reason: "")
        } else {
            violate(.noCloseFrame, "the server did not answer the close frame")
        }
        guard let closeDeadline, closeDeadline <= now else { return }
        actions.append(.disconnect)
        finish()
    }

    /// Writes down that a rule was broken, and ends the call for it if so configured.
    mutating func violate(_ rule: Violation.Rule, _ detail: String, closes: Bool = true) {
        let violation = Violation(rule: rule, detail: detail, time: now)
        if outcome.violations.count < 1_000 { outcome.violations.append(violation) }
        note(.violation, violation.description)
        if phase == .live, let complaint = wire.complaint(about: rule) { send(complaint, noted: "error") }
        guard configuration.endsAtViolation, phase != .over else { return }
        settle(.error, violation.description, asTold: false)
        if closes, !isClosing {
            if wire.rules.cutsOffenders { return cut(violation.description, by: .error) }
            beginEnding(by: .error, reason: violation.description, within: configuration.closeGrace)
            close(code: 1002, reason: rule.rawValue)
        }
    }

    private mutating func beginEnding(
        by ender: SimulatedCallResult.Ender,
        reason: String,
        within limit: Duration
    ) {
        settle(ender, reason, asTold: ender != .error)
        phase = .ending
        closeDeadline = now + limit
        guard endedTime == nil else { return }
        endedTime = now
        let lost = player.cutOff()
        if lost > 0 { note(.inside, "\(clock.duration(of: lost).roundedMilliseconds) ms of audio were cut off") }
    }

    mutating func close(code: UInt16, reason: String) {
        isClosing = true
        actions.append(.close(code: code, reason: reason))
        note(.sent, "close \(code)\(reason.isEmpty ? "" : " \(reason)")")
        closeDeadline = now + .seconds(2)
    }

    private mutating func hangOnUp() {
        guard phase == .live || phase == .connected else { return }
        end(by: .error, reason: outcome.violations.last?.description ?? "", stopReason: "callended")
    }

    private mutating func cut(_ reason: String, by ender: SimulatedCallResult.Ender = .caller) {
        actions.append(.disconnect)
        note(.sent, "end of the connection")
        beginEnding(by: ender, reason: reason, within: .zero)
        finish()
    }

    mutating func settle(_ ender: SimulatedCallResult.Ender, _ reason: String, asTold: Bool) {
        guard outcome.endReason.isEmpty || ender == .error && outcome.endedBy != .error else { return }
        outcome.endedBy = ender
        outcome.endReason = reason
        outcome.endedAsTold = asTold
    }

    private mutating func finish() {
        if endedTime == nil {
            endedTime = now
            _ = player.cutOff()
        }
        phase = .over
        if !outcome.violations.isEmpty { outcome.endedAsTold = false }
    }
}

// SPDX-License-Identifier: Apache-2.0

import CallModel
import CallSession
import Testing
import VoiceBridge

@Suite("How a call ends otherwise")
struct EndingTests {
    @Test("a caller who leaves ends the bot at once; only the close is written", arguments: [true, false])
    func callerGone(byStop: Bool) {
        var driver = Driver()
        driver.play(1, milliseconds: 2_000)
        driver.say(milliseconds: 100)
        driver.ask(.collect(RequestID(2), DigitCollection()))
        driver.at(100) { driver in
            if byStop {
                driver.receive(.stop(reason: nil))
            } else {
                driver.change { $0.socketClosed("reset", at: $1) }
            }
        }
        driver.at(150) { $0.ask(.returned) }
        if byStop { driver.change { $0.socketClosed(nil, at: $1) } }
        driver.run(until: 30_000)
        let after = driver.timeline.texts.drop { $0 != "reply 1 interrupted at 100 ms" }
        let finished = byStop ? "finished caller: stop" : "finished caller: connection_lost"
        let end = byStop ? ["close 1000", "end bot (stop)"] : ["end bot (connection_lost)"]
        #expect(
            Array(after) == ["reply 1 interrupted at 100 ms", "event playback 1 interrupted at 100 ms"] + end + [
                finished
            ]
        )
        #expect(driver.summaries.count == 1)
        #expect(driver.summaries.first?.samplesHeard == 800)
        #expect(driver.summaries.first?.duration == .milliseconds(100))
    }

    @Test(
        "a bot that returns hangs up after playout, one that fails says the apology first and closes with 1011",
        arguments: [true, false]
    )
    func botEnds(fails: Bool) {
        var driver = Driver(configure: {
            $0.apology = Prompt(AudioChunk(linear: Signal.ramp(4_000), format: .linear8kHz, position: 0))
        })
        driver.play(1, milliseconds: 200)
        driver.at(50) { $0.ask(fails ? .failed(String(repeating: "x", count: 1_000)) : .returned) }
        driver.at(100) { $0.press("1") }
        driver.run(until: 20_000)
        driver.change { $0.socketClosed(nil, at: $1) }
        let audio = fails ? 700 : 200
        #expect(driver.timeline.lines("hangup").first?.milliseconds == Double(audio + 250))
        #expect(driver.timeline.lines("close").map(\.text) == [fails ? "close 1011" : "close 1000"])
        #expect(driver.timeline.texts.last == (fails ? "finished error: bot_failed" : "finished bot: returned"))
        #expect(driver.summaries.first?.botError?.utf8.count == (fails ? 256 : nil))
        #expect(driver.summaries.first?.samplesHeard == Int64(audio * 8))
    }

    @Test("a bot that does not return within 2 s is completed without; the call is recorded once")
    func overdue() {
        var driver = Driver()
        driver.at(1_000) { $0.receive(.stop(reason: nil)) }
        driver.at(1_100) { $0.change { $0.socketClosed(nil, at: $1) } }
        driver.run(until: 10_000)
        driver.ask(.returned)
        driver.ask(.failed("late"))
        #expect(
            driver.timeline.text
                == trimmed(
                    """
                    1000 ms  close 1000
                    1000 ms  end bot (stop)
                    3000 ms  note bot overdue
                    3000 ms  finished caller: stop
                    """
                )
        )
        #expect(driver.summaries.first?.isBotOverdue == true)
        #expect(driver.summaries.first?.botError == nil)
    }

    @Test("the call waits for its bot, and for its socket")
    func waiting() {
        var driver = Driver()
        driver.ask(.hangUp(.now, reason: nil))
        driver.at(500) { $0.ask(.returned) }
        driver.at(600) { $0.receive(.stop(reason: nil)) }
        #expect(driver.summaries.isEmpty)
        driver.at(700) { $0.change { $0.socketClosed(nil, at: $1) } }
        #expect(driver.summaries.count == 1)
        #expect(driver.session.hasFinished)
        #expect(driver.summaries.first?.isBotOverdue == false)
    }

    @Test("a server that stops clears, hangs up and closes with 1001", arguments: [true, false])
    func shutDown(hasStarted: Bool) {
        var driver = Driver(starts: hasStarted)
        if hasStarted { driver.play(1, milliseconds: 2_000) }
        driver.at(100) { $0.change { $0.shutDown(at: $1) } }
        driver.change { $0.shutDown(at: $1) }
        driver.ask(.returned)
        driver.run(until: 20_000)
        driver.change { $0.socketClosed(nil, at: $1) }
        #expect(driver.timeline.texts.contains("clear") == hasStarted)
        #expect(driver.timeline.lines("hangup").first?.milliseconds == (hasStarted ? 100 : nil))
        #expect(driver.timeline.lines("close").map(\.text) == ["close 1001"])
        #expect(driver.timeline.texts.last == "finished server: shutdown")
    }

    @Test("a call that lasts too long is hung up")
    func maximumDuration() {
        var driver = Driver(configure: { $0.maximumDuration = .seconds(60) })
        driver.play(1, milliseconds: 90_000, .protected)
        driver.run(until: 80_000)
        #expect(driver.timeline.lines("hangup").map(\.milliseconds).first == 60_000)
        #expect(driver.timeline.texts.contains("end bot (maximum_duration)"))
        #expect(driver.timeline.texts.contains("clear"))
    }

    @Test("a broken protocol ends the call with its own reason and code")
    func protocolError() {
        var driver = Driver()
        driver.at(10) { driver in
            driver.change { $0.fail(EndReason(side: .error, code: "websocket"), closing: 1009, at: $1) }
        }
        driver.change { $0.fail(EndReason(side: .error, code: "other"), closing: 1002, at: $1) }
        driver.press("1")
        driver.ask(.returned)
        driver.change { $0.socketClosed(nil, at: $1) }
        #expect(driver.timeline.texts == ["close 1009", "end bot (websocket)", "finished error: websocket"])
    }

    @Test("more events than the bot's inbox holds end the call with 1011")
    func tooSlow() {
        var driver = Driver()
        driver.play(1, milliseconds: 1_000)
        driver.at(100) { $0.change { $0.botIsTooSlow(at: $1) } }
        driver.change { $0.botIsTooSlow(at: $1) }
        driver.run(until: 30_000)
        driver.change { $0.socketClosed(nil, at: $1) }
        #expect(driver.timeline.texts.count { $0 == "note bot too slow" } == 1)
        #expect(driver.timeline.lines("close").map(\.text) == ["close 1011"])
        #expect(driver.summaries.first?.reason.code == "bot_too_slow")
    }

    @Test("requests that come too late are refused with the call's end, and room for speech is given back")
    func tooLate() {
        var driver = Driver()
        driver.ask(.hangUp(.now, reason: nil))
        driver.timeline.removeAll()
        driver.play(1, milliseconds: 20)
        driver.say(milliseconds: 20)
        driver.ask(.finishSpeech(RequestID(2)))
        driver.ask(.collect(RequestID(3), DigitCollection()))
        driver.ask(.transfer(RequestID(4), .extension("1"), .now))
        driver.ask(.flush)
        driver.ask(.listen)
        driver.media(Signal.ramp(160))
        driver.press("1")
        driver.run(until: 1_000)
        #expect(driver.timeline.texts == (1...4).map { "reply \($0) failed ended" })
        #expect(driver.credit == 20_000_000)
        #expect(driver.heard.isEmpty)
    }

    @Test("a call that was moved and replayed in any order is recorded once", arguments: 0..<200)
    func anyOrder(seed: Int) {
        var random = Seeded(seed)
        var driver = Driver(
            starts: false,
            configure: { configuration in
                configuration.silenceTimeout = .seconds(4)
                configuration.maximumDuration = .seconds(30)
                configuration.usesMarks = true
            }
        )
        driver.player = Player(rate: 8_000, mode: Player.Marks.allCases.randomElement(using: &random) ?? .honest)
        var number: UInt64 = 0
        for _ in 0..<60 {
            number += 1
            let id = RequestID(number)
            switch Int.random(in: 0..<24, using: &random) {
            case 0, 1: driver.start()
            case 2...5: driver.media(Signal.square(.random(in: 0...900, using: &random)))
            case 6: driver.press("12#")
            case 7: driver.play(number, milliseconds: .random(in: 0...900, using: &random))
            case 8: driver.play(number, milliseconds: .random(in: 0...900, using: &random), .protected)
            case 9, 10: driver.say(milliseconds: .random(in: 1...900, using: &random))
            case 11: driver.ask(.finishSpeech(id))
            case 12: driver.ask(.flush)
            case 13: driver.ask(.collect(id, DigitCollection(count: 3, firstDigitTimeout: .seconds(1))))
            case 14: driver.ask(.cancel(RequestID(.random(in: 1...number, using: &random))))
            case 15: driver.change { $0.writabilityChanged(.random(using: &random), at: $1) }
            case 16: driver.receive(.cleared)
            case 17: if number > 20 { driver.ask(.hangUp(.afterPlayout, reason: nil)) }
            case 18: if number > 20 { driver.ask(.transfer(id, .extension("2"), .now)) }
            case 19: if number > 30 { driver.receive(.stop(reason: nil)) }
            case 20: if number > 40 { driver.ask(.returned) }
            case 21: driver.ask(.attach(EchoStage()))
            default: driver.run(until: Double(driver.now) / 1_000_000 + .random(in: 0...1_500, using: &random))
            }
        }
        driver.run(until: Double(driver.now) / 1_000_000 + 40_000)
        driver.change { $0.socketClosed(nil, at: $1) }
        driver.ask(.returned)
        driver.run(until: Double(driver.now) / 1_000_000 + 10_000)
        #expect(driver.summaries.count == 1)
        #expect(driver.session.nextDeadline == nil)
        #expect(driver.timeline.texts.count { $0.hasPrefix("close") } <= 1)
        #expect(driver.timeline.texts.count { $0.hasPrefix("end bot") } <= 1)
        // Each request is answered at most once.
        let replies = driver.timeline.texts.filter { $0.hasPrefix("reply") }.map { $0.split(separator: " ")[1] }
        #expect(Set(replies).count == replies.count)
    }
}

// SPDX-License-Identifier: Apache-2.0

import CallModel
import CallSession
import Testing
import VoiceBridge

@Suite("How a call is hung up")
struct HangUpTests {
    @Test(
        "a goodbye is heard to its last sample before the hang-up, in every mark mode and with any delay",
        arguments: Player.Marks.allCases,
        [0, 60, 200]
    )
    func goodbye(mode: Player.Marks, delay: Int) {
        for milliseconds in [20, 130, 1_990, 5_000] {
            let player = Player(rate: 8_000, delay: Int64(delay) * 1_000_000, mode: mode)
            var driver = Driver(player: player, configure: { $0.usesMarks = true })
            driver.play(1, milliseconds: milliseconds)
            driver.ask(.hangUp(.afterPlayout, reason: "good night"))
            driver.run(until: 20_000)
            let hangUps = driver.timeline.lines("hangup")
            let time = hangUps.first?.milliseconds ?? 0
            let end = Double(driver.player.end ?? 0) / 1_000_000
            #expect(driver.player.heard(at: Int64(time * 1_000_000)) == driver.player.given)
            #expect(driver.player.given == Int64((milliseconds + 19) / 20 * 160))
            #expect(hangUps.first?.text == "hangup good night")
            // A platform that answers late is waited for as long as its answers take.
            if mode != .late { #expect(time - end <= 500, "\(milliseconds) ms of speech") }
            #expect(time - end <= 10_500)
        }
    }

    @Test("a platform that answered marks once and then never again is waited for 10 s beyond the expected end")
    func bound() {
        var driver = Driver(player: Player(rate: 8_000, mode: .honest), configure: { $0.usesMarks = true })
        driver.play(1, milliseconds: 1_000)
        driver.run(until: 500)
        driver.player = Player(rate: 8_000, mode: .never)
        driver.ask(.hangUp(.afterPlayout, reason: nil))
        driver.run(until: 30_000)
        #expect(driver.timeline.lines("hangup").first?.milliseconds == 11_000)
    }

    @Test("hanging up with nothing said is immediate")
    func nothingSaid() {
        var driver = Driver()
        driver.at(100) { $0.ask(.hangUp(.afterPlayout, reason: nil)) }
        #expect(driver.timeline.text == "100 ms  hangup hangup\n100 ms  end bot (hangup)")
    }

    @Test("hanging up now clears and hangs up together")
    func now() {
        var driver = Driver()
        driver.play(1, milliseconds: 1_000)
        driver.at(110) { $0.ask(.hangUp(.now, reason: nil)) }
        driver.at(300) { $0.receive(.stop(reason: nil)) }
        driver.ask(.returned)
        driver.change { $0.socketClosed(nil, at: $1) }
        #expect(
            driver.timeline.text
                == trimmed(
                    """
                    0 ms  event playback 1 started
                    0…100 ms  audio ×15
                    110 ms  clear
                    110 ms  reply 1 interrupted at 110 ms
                    110 ms  event playback 1 interrupted at 110 ms
                    110 ms  hangup hangup
                    110 ms  end bot (hangup)
                    300 ms  close 1000
                    300 ms  finished bot: hangup
                    """
                )
        )
        #expect(driver.summaries.first?.duration == .milliseconds(110))
    }

    @Test("a hang-up that is ignored is repeated once; after 5 s the socket is closed")
    func ignored() {
        var driver = Driver()
        driver.ask(.hangUp(.now, reason: nil))
        driver.ask(.returned)
        driver.run(until: 60_000)
        driver.change { $0.socketClosed(nil, at: $1) }
        #expect(
            driver.timeline.text
                == trimmed(
                    """
                    0 ms  hangup hangup
                    0 ms  end bot (hangup)
                    2500 ms  note platform did not end 1
                    2500 ms  hangup hangup
                    5000 ms  note platform did not end 2
                    5000 ms  close 1000
                    60000 ms  finished bot: hangup
                    """
                )
        )
    }

    @Test("a platform that cannot hang up on the socket has it closed after the same wait")
    func withoutHangUp() {
        var capabilities = Driver.everything
        capabilities.hangUp = false
        var driver = Driver(capabilities: capabilities)
        driver.play(1, milliseconds: 1_000)
        driver.ask(.hangUp(.afterPlayout, reason: nil))
        driver.ask(.returned)
        driver.run(until: 5_000)
        #expect(driver.timeline.lines("close").map(\.milliseconds) == [1_250])
        #expect(driver.timeline.texts.suffix(2) == ["close 1000", "end bot (hangup)"])
        #expect(driver.timeline.lines("hangup").isEmpty)
    }

    @Test("nothing interrupts a goodbye, nothing is said behind it, and hanging up twice hangs up once")
    func closedForMore() throws {
        let keys = try #require(DTMFString("1"))
        var driver = Driver()
        driver.play(1, milliseconds: 500)
        driver.ask(.hangUp(.afterPlayout, reason: nil))
        driver.ask(.hangUp(.afterPlayout, reason: "again"))
        driver.at(100) { $0.press("1") }
        driver.play(2, milliseconds: 500)
        driver.say(milliseconds: 100)
        driver.ask(.send(RequestID(3), keys))
        driver.ask(.transfer(RequestID(4), .extension("204"), .afterPlayout))
        driver.ask(.attach(EchoStage()))
        driver.media(Signal.ramp(160))
        driver.run(until: 2_000)
        #expect(
            driver.timeline.lines("reply").map(\.text) == [
                "reply 2 failed already_leaving", "reply 3 failed already_leaving",
                "reply 4 failed already_leaving", "reply 1 finished",
            ]
        )
        #expect(driver.timeline.lines("hangup").map(\.milliseconds) == [750])
        #expect(driver.frames.count == 25)
    }

    @Test("hanging up now overtakes a hang-up that waits for the end of playout")
    func overtaking() {
        var driver = Driver()
        driver.play(1, milliseconds: 5_000)
        driver.ask(.hangUp(.afterPlayout, reason: nil))
        driver.at(1_000) { $0.ask(.hangUp(.now, reason: nil)) }
        #expect(driver.timeline.lines("hangup").map(\.milliseconds) == [1_000])
        #expect(driver.timeline.texts.contains("clear"))
    }

    @Test("the caller who leaves during the goodbye ends the call, and nothing but the close is written")
    func leavesDuringGoodbye() {
        var driver = Driver()
        driver.play(1, milliseconds: 1_000)
        driver.ask(.hangUp(.afterPlayout, reason: nil))
        driver.at(300) { $0.receive(.stop(reason: "hung up")) }
        driver.run(until: 10_000)
        let after = driver.timeline.texts.drop { $0 != "close 1000" }
        #expect(Array(after) == ["close 1000", "end bot (stop)", "note bot overdue"])
        #expect(!driver.timeline.texts.contains("clear"))
        #expect(driver.frames.allSatisfy { $0.time <= 300_000_000 })
    }
}

// SPDX-License-Identifier: Apache-2.0

import CallModel
import CallSession
import Testing
import VoiceBridge

@Suite("How a server that stops takes its leave")
struct GoodbyeTests {
    /// Half a second.
    static let goodbye = Prompt(AudioChunk(linear: Signal.ramp(4_000), format: .linear8kHz, position: 0))

    static func leave(_ driver: inout Driver) { driver.change { $0.shutDown(goodbye: goodbye, at: $1) } }

    @Test("what is said is stopped, the bot's part is over, and the hang-up waits for the last sample")
    func spoken() {
        var driver = Driver()
        driver.play(1, milliseconds: 5_000)
        driver.at(1_000) { Self.leave(&$0) }
        driver.at(1_100) { $0.play(2, milliseconds: 100) }
        driver.ask(.flush)
        driver.ask(.failed("cancelled"))
        driver.run(until: 2_000)
        driver.receive(.stop(reason: nil))
        driver.change { $0.socketClosed(nil, at: $1) }
        let texts = driver.timeline.texts
        let after = texts.drop { $0 != "clear" }.filter { !$0.hasPrefix("event") }
        #expect(
            Array(after) == [
                "clear", "reply 1 interrupted at 1000 ms", "end bot (shutdown)", "audio",
                "reply 2 failed already_leaving", "audio", "hangup shutdown", "close 1001",
                "finished server: shutdown",
            ]
        )
        // Half a second from 1,000 ms on, and the slack.
        #expect(driver.timeline.lines("hangup").map(\.milliseconds) == [1_750])
        #expect(driver.player.heard(at: 1_750_000_000) == 8_000 + 4_000)
        #expect(driver.summaries.first?.botError == nil)
    }

    @Test("a caller who speaks does not interrupt it, and nothing of a stage is mixed into it")
    func protected() {
        var driver = Driver()
        driver.ask(.attach(EchoStage()))
        driver.silence(500)
        let before = driver.frames.count
        Self.leave(&driver)
        driver.voice(1_000)
        #expect(driver.timeline.lines("clear").count <= 1)
        #expect(driver.timeline.texts.contains("hangup shutdown"))
        #expect(driver.frames.count - before == 25)
    }

    @Test("a call that is about to end by itself does so, without what was still to be said")
    func leaving() {
        var hanging = Driver()
        hanging.play(1, milliseconds: 5_000)
        hanging.ask(.hangUp(.afterPlayout, reason: "done"))
        hanging.at(1_000) { Self.leave(&$0) }
        hanging.run(until: 1_000)
        #expect(hanging.timeline.lines("hangup").map(\.text) == ["hangup done"])

        var moving = Driver()
        moving.play(1, milliseconds: 5_000)
        moving.ask(.transfer(RequestID(2), .extension("7"), .afterPlayout))
        moving.at(1_000) { Self.leave(&$0) }
        moving.run(until: 2_000)
        #expect(moving.timeline.lines("transfer").map(\.milliseconds) == [1_000])
    }

    @Test("without one, and before the start, the end comes at once")
    func silent() {
        var live = Driver()
        live.play(1, milliseconds: 5_000)
        live.at(1_000) { $0.change { $0.shutDown(at: $1) } }
        #expect(live.timeline.lines("hangup").map(\.milliseconds) == [1_000])
        var waiting = Driver(starts: false)
        Self.leave(&waiting)
        #expect(waiting.timeline.texts == ["close 1001"])
    }

    @Test("a caller who leaves during it has left by themselves")
    func left() {
        var driver = Driver()
        driver.at(1_000) { Self.leave(&$0) }
        driver.at(1_100) { $0.receive(.stop(reason: nil)) }
        driver.ask(.returned)
        driver.change { $0.socketClosed(nil, at: $1) }
        #expect(driver.timeline.texts.last == "finished caller: stop")
        #expect(driver.timeline.lines("end bot").map(\.text) == ["end bot (shutdown)"])
    }
}

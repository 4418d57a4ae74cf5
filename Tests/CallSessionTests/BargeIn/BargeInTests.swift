// SPDX-License-Identifier: Apache-2.0

import CallModel
import Testing
import VoiceBridge

@testable import CallSession

@Suite("The caller interrupts")
struct BargeInTests {
    /// Speaks from `start` for so many milliseconds, in chunks of 20 ms, with silence before.
    private func speak(_ driver: inout Driver, from start: Int, milliseconds: Int, height: Int16 = 8_000) {
        for time in stride(from: start, to: start + milliseconds, by: 20) {
            driver.at(Double(time)) { $0.media(Signal.square(160, height: height)) }
        }
    }

    private func listen(_ driver: inout Driver, from start: Int, milliseconds: Int) {
        for time in stride(from: start, to: start + milliseconds, by: 20) {
            driver.at(Double(time)) { $0.media(Signal.silence(160)) }
        }
    }

    @Test("a digit stops a prompt that allows it: clear at once, nothing of the old generation after it")
    func digit() {
        var driver = Driver()
        driver.play(1, milliseconds: 3_000)
        driver.play(2, milliseconds: 1_000)
        driver.at(1_010) { $0.press("5") }
        driver.run(until: 6_000)
        #expect(
            driver.timeline.text
                == trimmed(
                    """
                    0 ms  event playback 1 started
                    0…1000 ms  audio ×60
                    1010 ms  clear
                    1010 ms  reply 1 interrupted at 1010 ms
                    1010 ms  event playback 1 interrupted at 1010 ms
                    1010 ms  reply 2 interrupted at 0 ms
                    1010 ms  event interrupted at 1010 ms
                    1010 ms  event digit 5
                    """
                )
        )
        #expect(driver.player.heard(at: driver.now) == 8_080)
    }

    @Test("who may interrupt what", arguments: InterruptionPolicy.allCases, [true, false])
    func policies(policy: InterruptionPolicy, bySpeech: Bool) {
        var driver = Driver()
        driver.play(1, milliseconds: 3_000, policy)
        listen(&driver, from: 0, milliseconds: 1_000)
        if bySpeech {
            speak(&driver, from: 1_000, milliseconds: 800)
        } else {
            driver.at(1_000) { $0.press("1") }
        }
        driver.run(until: 5_000)
        let yields = policy == .allowed || policy == .digitsOnly && !bySpeech
        #expect(driver.timeline.texts.contains("clear") == yields)
        #expect(driver.timeline.texts.contains("reply 1 finished") == !yields)
        // A refused barge-in changes no sample.
        if !yields { #expect(Signal.samples(driver.written) == Signal.ramp(24_000)) }
        if bySpeech { #expect(driver.timeline.texts.contains("event speech started")) }
    }

    @Test("one protected utterance, heard or waiting, protects all")
    func protectedAmongOthers() {
        var driver = Driver()
        driver.play(1, milliseconds: 500)
        driver.play(2, milliseconds: 500, .protected)
        driver.at(200) { $0.press("1") }
        driver.run(until: 5_000)
        #expect(!driver.timeline.texts.contains("clear"))
        #expect(driver.timeline.lines("reply").map(\.text) == ["reply 1 finished", "reply 2 finished"])
    }

    @Test("audio that the platform still plays is cleared though the bot has nothing more to say")
    func botAlreadySilent() {
        var driver = Driver(configure: { $0.lead = .seconds(1) })
        driver.play(1, milliseconds: 900)
        driver.at(300) { $0.press("1") }
        #expect(driver.timeline.texts.contains("clear"))
        #expect(driver.timeline.texts.contains("reply 1 interrupted at 300 ms"))
        #expect(driver.player.heard(at: 5_000_000_000) == 2_400)
    }

    @Test(
        "what the platform may still hold after the expected end is cleared too, unless it was protected",
        arguments: InterruptionPolicy.allCases
    )
    func tail(policy: InterruptionPolicy) {
        var driver = Driver(player: Player(rate: 8_000, delay: 150_000_000, mode: .never))
        driver.play(1, milliseconds: 500, policy)
        driver.at(600) { $0.press("1") }
        driver.at(1_000) { $0.press("2") }
        driver.run(until: 2_000)
        #expect(driver.timeline.lines("clear").map(\.milliseconds) == (policy == .protected ? [] : [600]))
        #expect(driver.timeline.texts.contains("reply 1 finished"))
    }

    @Test("nothing is cleared when nothing was sent, or all of it was heard")
    func nothingToClear() {
        var driver = Driver()
        driver.press("1")
        driver.ask(.flush)
        driver.play(1, milliseconds: 100)
        driver.at(2_000) { $0.press("1") }
        driver.ask(.flush)
        driver.change { $0.writabilityChanged(false, at: $1) }
        driver.play(2, milliseconds: 100)
        driver.press("1")
        #expect(!driver.timeline.texts.contains("clear"))
        #expect(driver.timeline.texts.contains("reply 2 interrupted at 0 ms"))
    }

    @Test("flushing twice clears once")
    func flushTwice() {
        var driver = Driver()
        driver.play(1, milliseconds: 1_000, .protected)
        driver.at(100) { $0.ask(.flush) }
        driver.at(110) { $0.ask(.flush) }
        driver.at(120) { $0.press("1") }
        #expect(driver.timeline.texts.count { $0 == "clear" } == 1)
    }

    @Test("an inbound clear does the same without sending one")
    func inboundClear() {
        var driver = Driver()
        driver.play(1, milliseconds: 1_000, .protected)
        driver.at(100) { $0.receive(.cleared) }
        driver.run(until: 2_000)
        #expect(!driver.timeline.texts.contains("clear"))
        #expect(driver.timeline.texts.contains("reply 1 interrupted at 100 ms"))
        #expect(driver.frames.count == 15)
    }

    @Test("on a platform that cannot clear, what was sent is heard, and the outcome says so")
    func noClear() {
        var capabilities = Driver.everything
        capabilities.clear = false
        var driver = Driver(capabilities: capabilities)
        driver.play(1, milliseconds: 150)
        driver.play(2, milliseconds: 1_000)
        driver.at(20) { $0.press("1") }
        driver.run(until: 3_000)
        #expect(!driver.timeline.texts.contains("clear"))
        #expect(driver.timeline.lines("reply").map(\.text) == ["reply 2 interrupted at 60 ms", "reply 1 finished"])
        #expect(driver.reading?.heardSamples(at: driver.instant).estimate == 1_760)
    }

    @Test("with 5 s at the platform the caller hears silence at once, and the place is right", arguments: [0, 20, 60])
    func fiveSecondsAhead(delay: Int) {
        for mode in [Player.Marks.honest, .never] {
            let player = Player(rate: 8_000, delay: Int64(delay) * 1_000_000, mode: mode)
            var driver = Driver(
                player: player,
                configure: { configuration in
                    configuration.lead = .seconds(5)
                    configuration.usesMarks = true
                }
            )
            driver.play(1, milliseconds: 5_000)
            driver.at(2_013) { $0.press("1") }
            let heard = driver.player.heard(at: driver.now)
            driver.run(until: 8_000)
            #expect(driver.player.heard(at: driver.now) == heard)
            let place = driver.timeline.lines("reply 1").first?.text ?? ""
            let milliseconds = Double(place.split(separator: " ").dropLast().last ?? "") ?? -1
            #expect(abs(milliseconds - Double(heard) / 8) <= (mode == .honest ? 20 : 60), "\(mode) \(place)")
        }
    }

    @Test("speech that interrupts and its events lie in order: the caller's audio, then the change")
    func order() {
        var driver = Driver()
        driver.ask(.listen)
        driver.play(1, milliseconds: 3_000)
        listen(&driver, from: 0, milliseconds: 500)
        speak(&driver, from: 500, milliseconds: 800)
        listen(&driver, from: 1_300, milliseconds: 1_000)
        let positions = driver.notifications.map(\.position)
        #expect(positions == positions.sorted())
        // 200 ms after its beginning the speech counts, and that is where the prompt ended.
        #expect(
            driver.timeline.lines("event").map(\.text) == [
                "event playback 1 started", "event interrupted at 680 ms", "event speech started",
                "event playback 1 interrupted at 680 ms", "event speech ended", "event turn ended silence",
            ]
        )
        #expect(positions[1...2] == [5_600, 5_600])
    }

    @Test("a message that holds both an onset and an end tells both")
    func bothInOne() {
        var driver = Driver()
        driver.media(Signal.silence(4_000) + Signal.square(8_000) + Signal.silence(8_000) + Signal.square(4_000))
        #expect(
            driver.timeline.lines("event speech").map(\.text)
                == ["event speech started", "event speech ended", "event speech started"]
        )
    }

    @Test("an interruption is told to who finishes the speech only afterwards")
    func finishAfterInterruption() {
        var driver = Driver()
        driver.say(milliseconds: 1_000)
        driver.at(400) { $0.press("1") }
        driver.ask(.finishSpeech(RequestID(9)))
        #expect(driver.timeline.texts.last == "reply 9 interrupted at 400 ms")
        driver.ask(.finishSpeech(RequestID(10)))
        #expect(driver.timeline.texts.last == "reply 10 finished")
        driver.say(milliseconds: 100)
        driver.ask(.finishSpeech(RequestID(11)))
        driver.run(until: 1_000)
        #expect(driver.timeline.texts.contains("reply 11 finished"))
    }

    @Test("cancelling a prompt stops it and leaves those that were not begun")
    func cancelling() {
        var driver = Driver()
        driver.play(1, milliseconds: 1_000)
        driver.play(2, milliseconds: 100)
        driver.play(3, milliseconds: 100)
        driver.at(300) { $0.ask(.cancel(RequestID(3))) }
        driver.ask(.cancel(RequestID(1)))
        driver.ask(.cancel(RequestID(77)))
        driver.run(until: 1_000)
        #expect(
            driver.timeline.lines("reply").map(\.text)
                == ["reply 3 interrupted at 0 ms", "reply 1 interrupted at 300 ms", "reply 2 finished"]
        )
        #expect(driver.timeline.texts.count { $0 == "clear" } == 1)
    }

    @Test("only audio that was taken back counts as an interruption")
    func counting() {
        var driver = Driver()
        driver.play(1, milliseconds: 500)
        driver.at(100) { $0.press("1") }
        driver.press("23")
        driver.receive(.stop(reason: nil))
        driver.ask(.returned)
        driver.change { $0.socketClosed(nil, at: $1) }
        #expect(driver.summaries.first?.interruptions == 1)
        #expect(driver.summaries.first?.digits == 3)
        #expect(driver.summaries.first?.samplesHeard == 800)
    }
}

// SPDX-License-Identifier: Apache-2.0

import CallModel
import Testing
import VoiceBridge

@testable import CallSession

@Suite("An interruption is taken back")
struct ReversingTests {
    /// A prompt of silence and syllables: 300 ms of sound, 100 ms of silence, and so on.
    static func syllables(_ milliseconds: Int) -> [Int16] {
        (0..<milliseconds * 8).map { $0 / 8 % 400 < 300 ? ($0 / 10 % 2 == 0 ? 4_000 : -4_000) : 0 }
    }

    private func coughed(_ configure: (inout CallSessionConfiguration) -> Void = { _ in }) -> Driver {
        var driver = Driver(configure: configure)
        driver.play(1, Self.syllables(4_000))
        driver.silence(1_000)
        driver.voice(260)
        driver.silence(1_000)
        return driver
    }

    @Test("a cough stops the bot within 200 ms, and it goes on half a second later from a silence")
    func cough() throws {
        var driver = coughed()
        driver.run(until: 10_000)
        let places = driver.events
        #expect(places[0] == "0 playback 1 started")
        #expect(places[1] == "1180 interrupted at 1180 ms")
        #expect(places[2] == "1180 speech started")
        #expect(places.contains("1680 resumed"))
        #expect(driver.timeline.lines("clear").map(\.milliseconds) == [1_180])
        #expect(driver.timeline.texts.contains("reply 1 finished"))
        // The caller was told once that it began, and once that it ended.
        #expect(places.count { $0.contains("playback 1") } == 2)
        // 1180 lies in a silence that began at 1100: nothing but some of it is said twice.
        let twice = Int(driver.player.heard(at: driver.now)) - 32_000
        #expect((0...8 * 80).contains(twice), "\(twice)")
        #expect(driver.session.summary.falseInterruptions == 1)
        #expect(driver.session.summary.interruptions == 1)
        #expect(!driver.timeline.texts.contains { $0.hasPrefix("event turn ended") })
    }

    @Test("what the caller hears is the prompt with a bit said twice: nothing is left out")
    func complete() throws {
        var driver = Driver()
        let prompt = Signal.ramp(24_000)
        driver.play(1, prompt)
        driver.silence(1_000)
        driver.voice(260)
        driver.silence(1_000)
        driver.run(until: 10_000)
        let written = Signal.samples(driver.written)
        // What was sent and taken back is said again.
        let second = try #require(written.indices.dropFirst().first { written[$0] < written[$0 - 1] })
        let heard = 1_180 * 8
        #expect(written[second] <= prompt[heard])
        #expect(written[second] >= prompt[heard - 4_000 - 160])
        let place = try #require(prompt.firstIndex(of: written[second]))
        #expect(written[second...].prefix(24_000 - place).elementsEqual(prompt[place...]))
    }

    @Test("speech that lasts is meant: the rest is dropped, and whoever waits is told where the caller was")
    func meant() {
        var driver = Driver()
        driver.play(1, Self.syllables(4_000))
        driver.silence(1_000)
        driver.voice(900)
        driver.silence(1_000)
        #expect(driver.timeline.texts.contains("reply 1 interrupted at 1180 ms"))
        #expect(driver.timeline.lines("reply 1").map(\.milliseconds) == [1_480])
        #expect(!driver.events.contains { $0.hasSuffix("resumed") })
        #expect(driver.session.summary.falseInterruptions == 0)
        #expect(driver.events.contains { $0.hasSuffix("turn ended silence") })
        #expect(driver.frames.allSatisfy { $0.time <= 1_180_000_000 })
    }

    @Test("with a confirmation of zero every interruption counts at once")
    func irreversible() {
        let driver = coughed { $0.confirmation = .zero }
        #expect(driver.timeline.texts.contains("reply 1 interrupted at 1180 ms"))
        #expect(!driver.events.contains { $0.hasSuffix("resumed") })
    }

    @Test("the bot decides before the time is over")
    func botDecides() {
        for request in [BotRequest.resume, .dropInterrupted] {
            var driver = Driver()
            driver.play(1, Self.syllables(4_000))
            driver.silence(1_000)
            driver.voice(260)
            driver.at(1_300) { $0.ask(request) }
            driver.ask(request)
            driver.run(until: 10_000)
            if case .resume = request {
                #expect(driver.events.count { $0 == "1300 resumed" } == 1)
                #expect(driver.timeline.texts.contains("reply 1 finished"))
            } else {
                #expect(driver.timeline.texts.contains("reply 1 interrupted at 1180 ms"))
                #expect(driver.timeline.lines("reply 1").first?.milliseconds == 1_300)
            }
        }
    }

    @Test("a word that was cut is said anew from its beginning when its place is known")
    func words() throws {
        var driver = Driver()
        let words = [
            TextMark("Welcome", at: .zero), TextMark("to", at: .milliseconds(700)),
            TextMark("VoiceBridge.", at: .milliseconds(1_000)), TextMark("Press", at: .milliseconds(2_000)),
        ]
        driver.play(1, Signal.ramp(24_000), marks: words)
        driver.silence(1_000)
        driver.voice(260)
        driver.silence(500)
        let written = Signal.samples(driver.written)
        let second = try #require(written.indices.dropFirst().first { written[$0] < written[$0 - 1] })
        #expect(written[second] == Signal.ramp(24_000)[8_000])
    }

    @Test("what the bot says meanwhile takes the place of what was interrupted")
    func saysAnew() {
        var driver = Driver()
        driver.play(1, Self.syllables(4_000))
        driver.silence(1_000)
        driver.voice(260)
        driver.at(1_400) { $0.play(2, milliseconds: 200) }
        driver.run(until: 4_000)
        #expect(driver.timeline.lines("reply").map(\.text) == ["reply 1 interrupted at 1180 ms", "reply 2 finished"])
        #expect(!driver.events.contains { $0.hasSuffix("resumed") })
    }

    @Test("prompts that wait behind the one that was stopped are played after it", arguments: Player.Marks.allCases)
    func waiting(mode: Player.Marks) {
        var driver = Driver(
            player: Player(rate: 8_000, delay: 30_000_000, mode: mode),
            configure: { $0.usesMarks = true }
        )
        driver.play(1, Self.syllables(2_000))
        driver.play(2, Self.syllables(500))
        driver.silence(1_000)
        driver.voice(260)
        driver.silence(4_000)
        driver.run(until: 20_000)
        #expect(driver.timeline.lines("reply").map(\.text) == ["reply 1 finished", "reply 2 finished"])
        #expect(driver.session.summary.falseInterruptions == 1)
        // All of both was heard, and not more than half a second of it twice.
        let heard = driver.player.heard(at: driver.now)
        #expect(heard >= 20_000 - 480 && heard <= 20_000 + 4_800, "\(mode) \(heard)")
    }

    @Test("a digit, a flush or the call's end decides an interruption that is still open")
    func endedOtherwise() {
        for end in 0..<3 {
            var driver = Driver()
            driver.play(1, Self.syllables(4_000))
            driver.silence(1_000)
            driver.voice(260)
            switch end {
            case 0: driver.press("1")
            case 1: driver.ask(.flush)
            default: driver.receive(.stop(reason: nil))
            }
            driver.run(until: 4_000)
            #expect(driver.timeline.lines("reply 1").map(\.text) == ["reply 1 interrupted at 1180 ms"])
            #expect(driver.timeline.lines("clear").count == 1)
        }
    }
}

// SPDX-License-Identifier: Apache-2.0

import CallModel
import Testing
import VoiceBridge

@testable import CallSession

/// Scripted calls on platforms that answer marks in every way there is: what the caller hears does not depend on it.
@Suite("Conversations in every mark mode")
struct ConversationTests {
    /// A platform that answers marks so, 40 ms after the server's clock.
    private func driver(_ mode: Player.Marks, lead: Int = 200) -> Driver {
        Driver(
            player: Player(rate: 8_000, delay: 40_000_000, mode: mode),
            configure: { configuration in
                configuration.usesMarks = true
                configuration.lead = .milliseconds(lead)
                configuration.idleTime = .seconds(5)
            }
        )
    }

    @Test("a bot that generates faster than it speaks stops for the caller", arguments: Player.Marks.allCases)
    func stopsAtOnce(mode: Player.Marks) throws {
        var driver = driver(mode, lead: 5_000)
        driver.silence(200)
        // Five seconds are there within 200 ms, and lie at the platform soon after.
        for piece in 0..<10 {
            driver.say(Signal.ramp(4_000, from: piece * 4_000))
            driver.run(untilNanoseconds: driver.now + 20_000_000)
        }
        driver.ask(.finishSpeech(RequestID(1)))
        driver.silence(800)
        let spoke = driver.now
        driver.voice(1_200)
        let clear = try #require(driver.timeline.lines("clear").first).milliseconds
        #expect(clear * 1_000_000 - Double(spoke) <= 220_000_000)
        // Nothing of the old generation is written after the clear, and nothing more is heard.
        #expect(driver.frames.allSatisfy { Double($0.time) <= clear * 1_000_000 })
        let heard = driver.player.heard(at: Int64(clear * 1_000_000))
        driver.silence(3_000)
        #expect(driver.player.heard(at: driver.now) == heard)
        // What the bot is told was heard is what was heard, to the platform's delay, and no more than it said.
        let reply = try #require(driver.timeline.lines("reply 1 interrupted at").first).text
        let place = Double(reply.split(separator: " ").dropLast().last ?? "") ?? -1
        #expect(abs(place - Double(heard) / 8) <= 60, "\(reply)")
    }

    @Test("an utterance of which nothing was heard is told so", arguments: Player.Marks.allCases)
    func nothingHeard(mode: Player.Marks) {
        var driver = driver(mode)
        driver.play(1, milliseconds: 1_000)
        driver.play(2, milliseconds: 1_000)
        driver.at(500) { $0.press("1") }
        #expect(driver.timeline.lines("reply 2").map(\.text) == ["reply 2 interrupted at 0 ms"])
    }

    @Test("a goodbye is heard to its last sample, whatever the caller does", arguments: Player.Marks.allCases)
    func goodbye(mode: Player.Marks) throws {
        var driver = driver(mode)
        driver.play(1, milliseconds: 1_500, .protected)
        driver.ask(.hangUp(.afterPlayout, reason: "bye"))
        driver.silence(300)
        driver.voice(800)
        driver.press("1")
        driver.run(until: 6_000)
        let hangUp = try #require(driver.timeline.lines("hangup").first).milliseconds
        #expect(driver.player.heard(at: Int64(hangUp * 1_000_000)) == 12_000)
        // Only a platform whose honest marks come late is waited for.
        #expect(hangUp - 1_540 <= (mode == .late ? 2_100 : 500))
        #expect(driver.timeline.lines("hangup").count <= 2)
    }

    @Test("a cough, an answer, and silence: the whole of a small call", arguments: Player.Marks.allCases)
    func smallCall(mode: Player.Marks) {
        var driver = driver(mode)
        driver.play(1, milliseconds: 3_000)
        driver.silence(1_000)
        driver.voice(260)
        driver.silence(4_000)
        // The caller answers the question, and gets an answer.
        driver.voice(900)
        driver.silence(1_000)
        driver.play(2, milliseconds: 1_000)
        driver.silence(8_000)
        let texts = driver.events.map { $0.split(separator: " ").dropFirst().joined(separator: " ") }
        let story = texts.filter { !$0.hasPrefix("measured") && !$0.hasPrefix("interrupted") }
        #expect(
            story == [
                "playback 1 started", "speech started", "speech ended", "resumed", "playback 1 finished",
                "speech started", "speech ended", "turn ended silence", "playback 2 started", "playback 2 finished",
                "idle 1",
            ],
            "\(mode)"
        )
        #expect(texts.count { $0.hasPrefix("measured") } == 1)
        #expect(texts.count { $0.hasPrefix("interrupted") } == 1)
        // All that was said was heard; at most half a second of it twice.
        let heard = driver.player.heard(at: driver.now)
        #expect((32_000 - 480...32_000 + 4_800).contains(heard), "\(mode) \(heard)")
    }

    @Test("the same call, to the millisecond, on a platform without delay that answers honestly")
    func timeline() {
        var driver = Driver(player: Player(rate: 8_000, mode: .honest), configure: { $0.idleTime = .seconds(5) })
        driver.play(1, milliseconds: 3_000)
        driver.silence(1_000)
        driver.voice(260)
        driver.silence(4_000)
        driver.voice(900)
        driver.silence(1_000)
        driver.play(2, milliseconds: 1_000)
        driver.silence(8_000)
        #expect(
            driver.timeline.text
                == trimmed(
                    """
                    0 ms  event playback 1 started
                    0…1180 ms  audio ×69
                    1180 ms  clear
                    1180 ms  event interrupted at 1180 ms
                    1180 ms  event speech started
                    1660 ms  event speech ended
                    1680 ms  event resumed
                    1680…3800 ms  audio ×116
                    4000 ms  reply 1 finished
                    4000 ms  event playback 1 finished
                    5300 ms  event speech started
                    6560 ms  event speech ended
                    6860 ms  event turn ended silence
                    7160 ms  event playback 2 started
                    7160 ms  audio
                    7160 ms  event measured end_of_turn 700 ms, sent 1000 ms, heard 1000 ms
                    7160 ms  note turn measured
                    7160…7960 ms  audio ×49
                    8160 ms  reply 2 finished
                    8160 ms  event playback 2 finished
                    13160 ms  event idle 1
                    """
                ),
            "\(driver.timeline.text)"
        )
    }

    @Test("on random calls nobody is told of more than was heard, nor loses a word", arguments: Player.Marks.allCases)
    func random(mode: Player.Marks) {
        for seed in 0..<2 {
            var random = Seeded(seed)
            var driver = Driver(
                player: Player(rate: 8_000, delay: 20_000_000, mode: mode),
                configure: { $0.usesMarks = true }
            )
            driver.keepsWritten = false
            var number: UInt64 = 0
            driver.silence(300)
            for _ in 0..<25 {
                switch Int.random(in: 0..<8, using: &random) {
                case 0..<4:
                    number += 1
                    driver.play(number, milliseconds: Int.random(in: 20...1_500, using: &random))
                case 4: driver.voice(.random(in: 40...900, using: &random))
                case 5: driver.ask(.flush)
                case 6: driver.press("5")
                default: driver.silence(.random(in: 20...1_500, using: &random))
                }
                let truth = driver.player.heard(at: driver.now)
                let (low, estimate, high) = driver.session.ledger.reading.heardSamples(at: driver.instant)
                // An echoed mark that could be honest on a platform without delay is not told from one that is.
                let deceived: Int64 = mode == .echo ? 160 : 0
                #expect(low - deceived <= truth && truth <= high, "\(mode) seed \(seed)")
                #expect(low <= estimate && estimate <= high && high <= driver.player.given, "\(mode) seed \(seed)")
            }
            driver.run(until: 60_000)
            // Whoever played something was answered, once.
            #expect(driver.timeline.lines("reply").count == Int(number))
        }
    }
}

// SPDX-License-Identifier: Apache-2.0

import CallModel
import CallSession
import Testing
import VoiceBridge

@Suite("Marks on a call")
struct SessionMarksTests {
    @Test("a mark follows each 200 ms of audio and the end of an utterance, then the utterance's end is told")
    func places() {
        var driver = Driver(
            player: Player(rate: 8_000, mode: .honest),
            configure: { configuration in
                configuration.usesMarks = true
                configuration.announcesUtteranceEnd = true
                configuration.lead = .seconds(1)
            }
        )
        driver.play(1, milliseconds: 500)
        driver.run(until: 1_000)
        #expect(
            driver.timeline.text
                == trimmed(
                    """
                    0 ms  event playback 1 started
                    0 ms  audio ×10
                    0 ms  mark vb-1-1
                    0 ms  audio ×10
                    0 ms  mark vb-1-2
                    0 ms  audio ×5
                    0 ms  mark vb-1-3
                    0 ms  utterance end
                    500 ms  reply 1 finished
                    500 ms  event playback 1 finished
                    """
                )
        )
    }

    @Test("each mark that tells something brings a new reading, down to the last")
    func readings() {
        var driver = Driver(
            player: Player(rate: 8_000, delay: 150_000_000, mode: .honest),
            configure: { $0.usesMarks = true }
        )
        driver.play(1, milliseconds: 1_000)
        driver.run(until: 1_149)
        #expect(driver.reading?.heard(at: driver.instant).low ?? .zero < .seconds(1))
        driver.run(until: 1_150)
        #expect(driver.reading?.heard(at: driver.instant).low == .seconds(1))
        #expect(driver.reading?.confidence == .mark)
        #expect(driver.timeline.lines("reply").map(\.milliseconds) == [1_150])
    }

    @Test("a platform that echoes marks is noted once, and the clock stands")
    func suspects() {
        var driver = Driver(player: Player(rate: 8_000, mode: .echo), configure: { $0.usesMarks = true })
        driver.play(1, milliseconds: 5_000)
        driver.run(until: 10_000)
        #expect(driver.timeline.texts.count { $0 == "note marks are suspect" } == 1)
        #expect(driver.timeline.lines("reply").map(\.milliseconds) == [5_000])
        #expect(driver.reading?.confidence == .clock)
    }

    @Test("speech that may not interrupt is still told")
    func speechDoesNotInterrupt() {
        var driver = Driver(configure: { $0.speechInterrupts = false })
        driver.play(1, milliseconds: 3_000)
        driver.media(Signal.silence(4_000) + Signal.square(4_000))
        driver.run(until: 4_000)
        #expect(driver.timeline.texts.contains("event speech started"))
        #expect(driver.timeline.texts.contains("reply 1 finished"))
        #expect(!driver.timeline.texts.contains("clear"))
    }
}

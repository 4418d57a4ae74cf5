// SPDX-License-Identifier: Apache-2.0

import CallModel
import CallSession
import Testing
import VoiceBridge

@Suite("How a call is transferred")
struct TransferTests {
    @Test("a transfer waits for the end of playout, is told once, and nothing is said after it")
    func afterPlayout() {
        var driver = Driver()
        driver.ask(.attach(EchoStage()))
        driver.play(1, milliseconds: 500)
        driver.ask(.transfer(RequestID(2), .phone("+49301234"), .afterPlayout))
        driver.ask(.transfer(RequestID(3), .phone("+49301234"), .afterPlayout))
        driver.at(800) { $0.media(Signal.ramp(160)) }
        driver.play(4, milliseconds: 100)
        driver.run(until: 30_000)
        driver.ask(.returned)
        driver.change { $0.socketClosed(nil, at: $1) }
        #expect(
            driver.timeline.text
                == trimmed(
                    """
                    0 ms  event playback 1 started
                    0 ms  audio ×10
                    0 ms  reply 3 failed already_transferred
                    20…300 ms  audio ×15
                    500 ms  reply 1 finished
                    500 ms  event playback 1 finished
                    750 ms  transfer phone
                    750 ms  reply 2 done
                    750 ms  end bot (transfer)
                    800 ms  reply 4 failed ended
                    2750 ms  note bot overdue
                    10750 ms  note platform did not end 1
                    10750 ms  close 1000
                    30000 ms  finished bot: transfer
                    """
                )
        )
        #expect(driver.summaries.first?.transfer == .phone("+49301234"))
    }

    @Test("a transfer at once takes back what is unheard and does not wait")
    func now() {
        var driver = Driver()
        driver.play(1, milliseconds: 5_000)
        driver.at(1_000) { $0.ask(.transfer(RequestID(2), .extension("204"), .now)) }
        driver.at(1_500) { $0.receive(.stop(reason: nil)) }
        #expect(driver.timeline.lines("clear").map(\.milliseconds) == [1_000])
        #expect(driver.timeline.lines("transfer").map(\.milliseconds) == [1_000])
        #expect(driver.timeline.lines("close").map(\.text) == ["close 1000"])
    }

    @Test("a transfer that was cancelled in time is not told, and another may follow")
    func cancelled() {
        var driver = Driver()
        driver.play(1, milliseconds: 500)
        driver.ask(.transfer(RequestID(2), .flow("f"), .afterPlayout))
        driver.at(100) { $0.ask(.cancel(RequestID(2))) }
        driver.run(until: 2_000)
        #expect(driver.timeline.lines("transfer").isEmpty)
        driver.ask(.transfer(RequestID(3), .extension("1"), .afterPlayout))
        #expect(driver.timeline.lines("transfer").map(\.milliseconds) == [2_000])
    }

    @Test("a caller who leaves before the transfer was told gets none, and the bot learns it")
    func leftBefore() {
        var driver = Driver()
        driver.play(1, milliseconds: 500)
        driver.ask(.transfer(RequestID(2), .extension("1"), .afterPlayout))
        driver.at(100) { $0.receive(.stop(reason: nil)) }
        driver.ask(.returned)
        driver.change { $0.socketClosed(nil, at: $1) }
        #expect(driver.timeline.texts.contains("reply 2 failed ended"))
        #expect(driver.summaries.first?.transfer == nil)
        #expect(driver.summaries.first?.reason.code == "stop")
    }

    @Test("transfers wait for the last sample in every mark mode", arguments: Player.Marks.allCases)
    func wholeSpeech(mode: Player.Marks) {
        let player = Player(rate: 8_000, delay: 100_000_000, mode: mode)
        var driver = Driver(player: player, configure: { $0.usesMarks = true })
        driver.play(1, milliseconds: 1_500)
        driver.ask(.transfer(RequestID(2), .bot(url: "wss://example.com"), .afterPlayout))
        driver.run(until: 30_000)
        let time = driver.timeline.lines("transfer").first?.milliseconds ?? 0
        #expect(driver.player.heard(at: Int64(time * 1_000_000)) == 12_000)
    }
}

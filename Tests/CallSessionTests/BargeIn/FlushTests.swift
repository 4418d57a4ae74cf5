// SPDX-License-Identifier: Apache-2.0

import CallModel
import Testing
import VoiceBridge

@testable import CallSession

@Suite("Flushes in loops, and what answers them")
struct FlushTests {
    @Test("a bot that says and flushes in a loop is held to ten clears a second and little audio")
    func loop() {
        var driver = Driver()
        driver.keepsWritten = false
        for step in 0..<5_000 {
            driver.run(until: Double(step))
            driver.play(UInt64(step), milliseconds: 1_000)
            driver.ask(.flush)
        }
        let clears = driver.timeline.texts.count { $0 == "clear" }
        #expect((10...51).contains(clears), "\(clears)")
        #expect(driver.frames.count <= 11 * 51)
        #expect(driver.timeline.lines("reply").count == 5_000)
        // It is let speak again.
        driver.run(until: 10_000)
        driver.play(9_000, milliseconds: 200)
        driver.run(until: 12_000)
        #expect(driver.timeline.lines("reply 9000").map(\.text) == ["reply 9000 finished"])
    }

    @Test("ten interruptions within a second are let through, and the next word comes when it is over")
    func rest() {
        var driver = Driver()
        for number in 1...10 as ClosedRange<UInt64> {
            driver.play(number, milliseconds: 500)
            driver.at(Double(number) * 50) { $0.ask(.flush) }
        }
        driver.play(11, milliseconds: 100)
        driver.run(until: 3_000)
        #expect(driver.timeline.lines("clear").count == 10)
        #expect(driver.timeline.lines("event playback 11 started").map(\.milliseconds) == [1_050])
    }

    @Test("an inbound clear that answers ours leaves the next answer alone", arguments: [0.0, 150, 900])
    func answered(after milliseconds: Double) {
        var driver = Driver()
        driver.play(1, milliseconds: 2_000)
        driver.at(500) { $0.ask(.flush) }
        driver.play(2, milliseconds: 1_000)
        driver.at(500 + milliseconds) { $0.receive(.cleared) }
        driver.run(until: 5_000)
        #expect(
            driver.timeline.lines("reply").map(\.text) == ["reply 1 interrupted at 500 ms", "reply 2 finished"]
        )
    }

    @Test("of two inbound clears the second is the platform's own, as is one that comes late")
    func own() {
        for late in [600.0, 2_600] {
            var driver = Driver()
            driver.play(1, milliseconds: 2_000)
            driver.at(500) { $0.ask(.flush) }
            driver.play(2, milliseconds: 5_000)
            if late < 1_000 { driver.at(550) { $0.receive(.cleared) } }
            driver.at(late) { $0.receive(.cleared) }
            driver.run(until: 9_000)
            #expect(driver.timeline.lines("reply 2").map(\.text) == ["reply 2 interrupted at \(Int(late) - 500) ms"])
            #expect(driver.timeline.texts.count { $0 == "clear" } == 1)
        }
    }
}

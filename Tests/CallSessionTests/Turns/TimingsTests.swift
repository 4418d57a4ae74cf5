// SPDX-License-Identifier: Apache-2.0

import CallModel
import Testing
import VoiceBridge

@testable import CallSession

@Suite("Where the time of an answer went")
struct TimingsTests {
    private func measured(_ driver: Driver) -> [TurnTimings] {
        driver.notifications.compactMap {
            guard case .turnMeasured(let timings) = $0.event else { return nil }
            return timings
        }
    }

    /// The caller speaks from 500 to 1100 ms; the turn is over at about 1800 ms.
    private func asked() -> Driver {
        var driver = Driver()
        driver.silence(500)
        driver.voice(600)
        driver.silence(900)
        return driver
    }

    @Test("every stage counts from the moment the caller fell silent, in order")
    func stages() throws {
        var driver = asked()
        driver.at(2_010) { $0.ask(.tookTurn) }
        driver.at(2_100) { $0.ask(.report(.recognized)) }
        driver.at(2_300) { $0.ask(.report(.firstToken)) }
        driver.at(2_350) { $0.ask(.report(.firstToken)) }
        driver.at(2_500) { $0.ask(.report(.firstAudio)) }
        driver.play(7, milliseconds: 500)
        driver.run(until: 4_000)
        let timings = try #require(measured(driver).first)
        #expect(measured(driver).count == 1)
        let end = timings.turn.endedAt
        #expect(abs(end.wholeMilliseconds - 1_100) <= 80)
        #expect(abs(timings.endOfTurn.wholeMilliseconds - 700) <= 80)
        #expect(timings.taken == .milliseconds(2_010) - end)
        #expect(timings.stages[.recognized] == .milliseconds(2_100) - end)
        #expect(timings.stages[.firstToken] == .milliseconds(2_300) - end)
        #expect(timings.sent == .milliseconds(2_500) - end)
        #expect(timings.heard == timings.sent)
        #expect(timings.network == nil)
        #expect(driver.timeline.texts.contains("note turn measured"))
    }

    @Test("what was on its way before the turn ended is no answer to it")
    func stale() {
        var driver = Driver(configure: { $0.speechInterrupts = false })
        driver.play(1, milliseconds: 10_000)
        driver.silence(500)
        driver.voice(600)
        driver.silence(2_000)
        driver.run(until: 15_000)
        #expect(measured(driver).isEmpty)
        driver.play(2, milliseconds: 100)
        driver.run(until: 16_000)
        #expect(measured(driver).count == 1)
    }

    @Test("the platform's timestamps tell how late the turn's last audio was")
    func network() throws {
        var driver = Driver()
        for step in 0..<100 {
            let late = step < 60 ? 5.0 : 45
            driver.run(until: Double(step) * 20 + late)
            let isVoice = (10..<40).contains(step)
            let samples = isVoice ? Signal.square(160) : Signal.silence(160)
            driver.receive(.media(MediaHeader(timestamp: Int64(step * 20))), media: Signal.bytes(samples))
        }
        driver.play(1, milliseconds: 100)
        driver.run(until: 3_000)
        let timings = try #require(measured(driver).first)
        #expect(timings.network == .milliseconds(40))
    }
}

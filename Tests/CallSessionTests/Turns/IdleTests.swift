// SPDX-License-Identifier: Apache-2.0

import CallModel
import Testing
import VoiceBridge

@testable import CallSession

@Suite("When nobody speaks")
struct IdleTests {
    private func driver(delay: Int64 = 0, lead: Int = 200) -> Driver {
        Driver(
            player: Player(rate: 8_000, delay: delay, mode: .never),
            configure: { configuration in
                configuration.idleTime = .seconds(5)
                configuration.lead = .milliseconds(lead)
            }
        )
    }

    private func idles(_ driver: Driver) -> [String] {
        driver.timeline.lines("event idle").map { "\(Int($0.milliseconds)) \($0.text.dropFirst(6))" }
    }

    @Test("the bot is told, three times in a row, and no more")
    func repeats() {
        var driver = driver()
        driver.run(until: 60_000)
        #expect(idles(driver) == ["5000 idle 1", "10000 idle 2", "15000 idle 3"])
    }

    @Test("the time runs from the end of what the caller heard", arguments: [200, 5_000])
    func playout(lead: Int) {
        // All of it lies at the platform long before it is heard.
        var driver = driver(lead: lead)
        driver.play(1, milliseconds: 4_000)
        driver.run(until: 9_500)
        #expect(idles(driver) == ["9000 idle 1"])
    }

    @Test("a caller in the middle of a sentence is not idle, nor before the turn is over")
    func speaking() {
        var driver = driver()
        driver.silence(500)
        for _ in 0..<40 {
            driver.voice(180)
            driver.silence(70)
        }
        driver.silence(5_000)
        #expect(idles(driver).isEmpty)
        driver.silence(1_000)
        #expect(idles(driver).count == 1)
        // A sound of the caller's begins the count anew.
        driver.voice(400)
        driver.silence(12_000)
        #expect(idles(driver).map { $0.split(separator: " ").last ?? "" } == ["1", "1", "2"])
    }

    @Test("a slow tool is no idleness; the time runs from its end")
    func working() {
        var driver = driver()
        driver.ask(.beginWork)
        driver.ask(.beginWork)
        driver.at(8_000) { $0.ask(.endWork) }
        driver.at(12_000) { $0.ask(.endWork) }
        driver.run(until: 17_500)
        #expect(idles(driver) == ["17000 idle 1"])
    }

    @Test("collecting digits has times of its own")
    func collecting() {
        var driver = driver()
        driver.ask(.collect(RequestID(1), DigitCollection(count: 4, firstDigitTimeout: .seconds(20))))
        driver.run(until: 19_000)
        #expect(idles(driver).isEmpty)
        driver.run(until: 26_000)
        #expect(idles(driver) == ["25000 idle 1"])
    }

    @Test("a call that is being transferred or hung up is not idle")
    func leaving() throws {
        var driver = driver()
        driver.play(1, milliseconds: 4_000)
        driver.ask(.hangUp(.afterPlayout, reason: nil))
        driver.run(until: 60_000)
        #expect(idles(driver).isEmpty)
    }

    @Test("an interruption that is not decided yet stops the time")
    func undecided() {
        var driver = driver()
        driver.play(1, milliseconds: 8_000)
        driver.silence(1_000)
        driver.voice(260)
        driver.silence(1_000)
        driver.run(until: 10_000)
        #expect(idles(driver).isEmpty)
    }

    @Test("a route may have none")
    func off() {
        var driver = Driver(configure: { $0.idleTime = nil })
        driver.run(until: 100_000)
        #expect(idles(driver).isEmpty)
    }
}

// SPDX-License-Identifier: Apache-2.0

import CallModel
import Testing
import VoiceBridge

@testable import CallSession

@Suite("Turns of the caller")
struct TurnTests {
    private func turns(_ driver: Driver) -> [Turn] {
        driver.notifications.compactMap {
            guard case .turnEnded(let turn) = $0.event else { return nil }
            return turn
        }
    }

    @Test("a turn ends after the hang-over and the minimum wait, and says where it lies")
    func end() throws {
        var driver = Driver()
        driver.silence(1_000)
        driver.voice(1_000)
        driver.silence(2_000)
        #expect(driver.events == ["1040 speech started", "2400 speech ended", "2700 turn ended silence"])
        let turn = try #require(turns(driver).first)
        #expect(abs(turn.startedAt.wholeMilliseconds - 1_000) <= 40)
        #expect(abs(turn.endedAt.wholeMilliseconds - 2_000) <= 100)
        #expect(abs(turn.audio.lowerBound - 8_000) <= 320)
        #expect(abs(turn.audio.upperBound - 16_000) <= 800)
    }

    @Test("a pause within the wait goes on with the turn", arguments: [(500, 1), (600, 1), (1_100, 2)])
    func pause(milliseconds: Int, count: Int) {
        var driver = Driver()
        driver.silence(500)
        driver.voice(600)
        driver.silence(milliseconds)
        driver.voice(600)
        driver.silence(2_000)
        #expect(turns(driver).count == count)
    }

    @Test("the waits are the route's")
    func settings() {
        var driver = Driver(configure: { configuration in
            configuration.speechHangOver = .milliseconds(200)
            configuration.minimumTurnWait = .milliseconds(100)
        })
        driver.silence(500)
        driver.voice(600)
        driver.silence(1_000)
        #expect(driver.events == ["540 speech started", "1300 speech ended", "1400 turn ended silence"])
    }

    @Test("short sounds put the end off, but not beyond the maximum wait")
    func maximum() {
        var driver = Driver(configure: { $0.speechHangOver = .milliseconds(200) })
        driver.silence(500)
        driver.voice(800)
        // Coughs that are speech to the detector, but not for long enough to be taken for words.
        for _ in 0..<8 {
            driver.silence(380)
            driver.voice(100)
        }
        driver.silence(2_000)
        let ended = driver.timeline.lines("event turn").map { "\(Int($0.milliseconds)) \($0.text)" }
        // The caller fell silent at 1300, noticed at 1500: two seconds from there on.
        #expect(ended.first == "3500 event turn ended maximumWait")
    }

    @Test("speech without end ends its turn after the longest, and the next begins with it")
    func longest() throws {
        var driver = Driver(configure: { $0.longestTurn = .seconds(5) })
        driver.silence(500)
        for _ in 0..<44 {
            driver.voice(180)
            driver.silence(70)
        }
        driver.silence(1_000)
        let ended = turns(driver)
        try #require(ended.count == 3)
        #expect(ended.map(\.reason) == [.maximumWait, .maximumWait, .silence])
        #expect(ended[0].endedAt == ended[1].startedAt)
        #expect(ended[0].audio.upperBound == ended[1].audio.lowerBound)
    }

    @Test("clicks and faint sounds are no turn")
    func clicks() {
        var driver = Driver()
        driver.silence(500)
        for _ in 0..<10 {
            driver.voice(20)
            driver.silence(300)
        }
        driver.voice(1_000, height: 20)
        driver.silence(1_000)
        #expect(driver.events.isEmpty)
    }

    @Test("speech that the platform stops sending in the midst of is over, and its turn too")
    func lost() {
        var driver = Driver()
        driver.silence(500)
        driver.voice(600)
        driver.run(until: 10_000)
        #expect(
            driver.events.map { $0.split(separator: " ").dropFirst().joined(separator: " ") } == [
                "speech started", "speech ended", "turn ended silence",
            ]
        )
    }
}

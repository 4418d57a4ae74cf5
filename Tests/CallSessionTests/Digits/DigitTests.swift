// SPDX-License-Identifier: Apache-2.0

import CallModel
import CallSession
import Testing
import VoiceBridge

@Suite("Digits")
struct DigitTests {
    private func collect(_ driver: inout Driver, _ number: UInt64, _ collection: DigitCollection = DigitCollection()) {
        driver.ask(.collect(RequestID(number), collection))
    }

    private func replies(_ driver: Driver) -> [String] { driver.timeline.lines("reply").map(\.text) }

    @Test("collecting ends with the last digit, the terminator, or the time between digits")
    func endings() {
        var driver = Driver()
        collect(&driver, 1, DigitCollection(count: 3))
        driver.press("123")
        collect(&driver, 2, DigitCollection(count: 8, terminator: DTMFDigit("#")))
        driver.press("4*#")
        collect(&driver, 3, DigitCollection(count: 8, terminator: DTMFDigit("#")))
        driver.press("#")
        collect(&driver, 4, DigitCollection(count: 8, interDigitTimeout: .seconds(2)))
        driver.at(1_000) { $0.press("5") }
        driver.at(2_500) { $0.press("6") }
        driver.run(until: 10_000)
        #expect(
            driver.timeline.lines("reply").map { "\(Int($0.milliseconds)) \($0.text)" } == [
                "0 reply 1 '123' count", "0 reply 2 '4*' terminator", "0 reply 3 '' terminator",
                "4500 reply 4 '56' interDigitTimeout",
            ]
        )
    }

    @Test("the time for the first digit runs from the end of what the caller hears")
    func fromPlayout() {
        var driver = Driver()
        driver.play(1, milliseconds: 4_000)
        collect(&driver, 2, DigitCollection(firstDigitTimeout: .seconds(3)))
        driver.run(until: 20_000)
        #expect(driver.timeline.lines("reply 2").map(\.text) == ["reply 2 '' noInput"])
        #expect(driver.timeline.lines("reply 2").map(\.milliseconds) == [7_250])
    }

    @Test("a prompt that begins while the caller is waited for stops the time, its end starts it anew")
    func promptInBetween() {
        var driver = Driver()
        collect(&driver, 1, DigitCollection(firstDigitTimeout: .seconds(3)))
        driver.at(2_000) { $0.play(2, milliseconds: 2_000) }
        driver.run(until: 20_000)
        #expect(driver.timeline.lines("reply 1").map(\.milliseconds) == [7_250])
    }

    @Test("with honest marks the time runs from the mark", arguments: [0, 100])
    func fromMark(delay: Int) {
        let player = Player(rate: 8_000, delay: Int64(delay) * 1_000_000, mode: .honest)
        var driver = Driver(player: player, configure: { $0.usesMarks = true })
        driver.play(1, milliseconds: 4_000)
        collect(&driver, 2, DigitCollection(firstDigitTimeout: .seconds(3)))
        driver.run(until: 20_000)
        #expect(driver.timeline.lines("reply 2").map(\.milliseconds) == [Double(7_000 + delay)])
    }

    @Test("a digit of the collection interrupts the prompt and is collected")
    func interrupting() {
        var driver = Driver()
        driver.play(1, milliseconds: 4_000)
        collect(&driver, 2)
        driver.at(1_000) { $0.press("9") }
        #expect(replies(driver) == ["reply 1 interrupted at 1000 ms", "reply 2 '9' count"])
    }

    @Test("digits pressed before anybody asked are kept, unless told otherwise")
    func typeAhead() {
        var driver = Driver()
        driver.press("12")
        collect(&driver, 1)
        collect(&driver, 2, DigitCollection(count: 2, interDigitTimeout: .seconds(1)))
        driver.run(until: 2_000)
        driver.press("34")
        driver.ask(.discardDigits)
        driver.press("5")
        collect(&driver, 3)
        driver.press("67")
        collect(&driver, 4, DigitCollection(takesTypeAhead: false))
        driver.press("8")
        #expect(
            replies(driver) == [
                "reply 1 '1' count", "reply 2 '2' interDigitTimeout", "reply 3 '5' count", "reply 4 '8' count",
            ]
        )
    }

    @Test("a flood of digits that nobody asks for is held to 64")
    func flood() {
        var driver = Driver()
        for _ in 0..<1_000 { driver.press("1") }
        driver.press("2")
        var wanted = DigitCollection()
        wanted.count = 1_000
        wanted.interDigitTimeout = .seconds(1)
        collect(&driver, 1, wanted)
        driver.run(until: 5_000)
        #expect(replies(driver) == ["reply 1 '\(String(repeating: "1", count: 64))' count"])
    }

    @Test("of two collections the second is served, the first ends with what it has")
    func two() {
        var driver = Driver()
        collect(&driver, 1, DigitCollection(count: 4))
        driver.press("1")
        collect(&driver, 2, DigitCollection(count: 2))
        driver.press("23")
        #expect(replies(driver) == ["reply 1 '1' interDigitTimeout", "reply 2 '23' count"])
    }

    @Test("a collection that was cancelled takes no more digits")
    func cancelled() {
        var driver = Driver()
        collect(&driver, 1)
        driver.ask(.cancel(RequestID(1)))
        driver.press("7")
        collect(&driver, 2)
        #expect(replies(driver) == ["reply 2 '7' count"])
    }

    @Test("timeouts of any length are no trap", arguments: [Duration.zero, .seconds(-5), .seconds(Int64.max)])
    func extremeTimeouts(timeout: Duration) {
        var driver = Driver()
        collect(&driver, 1, DigitCollection(firstDigitTimeout: timeout, interDigitTimeout: timeout))
        driver.run(until: 1_000_000)
        #expect(replies(driver) == (timeout > .seconds(1) ? [] : ["reply 1 '' noInput"]))
    }

    @Test("keys are pressed once everything before was heard, and speech goes on behind them")
    func sending() throws {
        let keys = try #require(DTMFString("12#"))
        var driver = Driver()
        driver.play(1, milliseconds: 1_000)
        driver.ask(.send(RequestID(2), keys))
        driver.play(3, milliseconds: 500)
        driver.run(until: 5_000)
        #expect(
            driver.timeline.text
                == trimmed(
                    """
                    0 ms  event playback 1 started
                    0…800 ms  audio ×50
                    1000 ms  reply 1 finished
                    1000 ms  event playback 1 finished
                    1250 ms  keys 12#
                    1250 ms  reply 2 done
                    1250 ms  event playback 3 started
                    1250…1550 ms  audio ×25
                    1750 ms  reply 3 finished
                    1750 ms  event playback 3 finished
                    """
                )
        )
    }

    @Test("a barge-in drops what is said, not the keys")
    func keysStay() throws {
        let keys = try #require(DTMFString("5"))
        var driver = Driver()
        driver.play(1, milliseconds: 1_000)
        driver.ask(.send(RequestID(2), keys))
        driver.at(100) { $0.press("1") }
        #expect(driver.timeline.lines("keys").map(\.milliseconds) == [100])
    }
}

// SPDX-License-Identifier: Apache-2.0

import CallModel
import TelephonyAudio
import Testing
import VoiceBridge

@testable import CallSession

@Suite("Keys heard in the audio")
struct HeardKeysTests {
    private func driver(_ isOn: Bool = true) -> Driver { Driver(configure: { $0.detectsKeys = isOn }) }

    /// Keys of 100 ms with pauses of 100 ms behind each, 20 ms at a time from `start` on.
    private func sound(_ keys: String, on driver: inout Driver, from start: Int) throws {
        var generator = try #require(DTMFGenerator(keys, rate: 8_000))
        for time in stride(from: start, to: start + keys.count * 200, by: 20) {
            var samples = [Int16](repeating: 0, count: 160)
            var room = samples.mutableSpan
            _ = generator.render(into: &room)
            driver.at(Double(time)) { $0.media(samples) }
        }
    }

    @Test("a key counts 40 ms after its beginning, is collected, and is no speech")
    func heard() throws {
        var driver = driver()
        driver.ask(.collect(RequestID(1), DigitCollection(count: 3)))
        try sound("1#9", on: &driver, from: 1_000)
        #expect(driver.timeline.lines("event digit").map(\.milliseconds) == [1_020, 1_220, 1_420])
        #expect(driver.timeline.texts.contains { $0.hasPrefix("reply 1") && $0.contains("1#9") })
        #expect(driver.timeline.lines("event speech").isEmpty)
        driver.receive(.stop(reason: nil))
        #expect(driver.session.summary.digits == 3)
    }

    @Test("nobody listens for keys unless the route says so")
    func off() throws {
        var driver = driver(false)
        try sound("12", on: &driver, from: 0)
        #expect(driver.session.heardKeys == nil)
        #expect(driver.timeline.lines("event digit").isEmpty)
    }

    @Test("a key that the platform tells as well counts once, however late it tells", arguments: [0, 100, 2_300])
    func once(late: Int) throws {
        var driver = driver()
        try sound("122", on: &driver, from: 0)
        driver.at(Double(600 + late)) { $0.press("122") }
        #expect(driver.timeline.lines("event digit").map(\.text) == ["1", "2", "2"].map { "event digit \($0)" })
    }

    @Test("the platform's first key closes the ear: what sounds later is told by the platform alone")
    func platformFirst() throws {
        var driver = driver()
        driver.at(0) { $0.press("7") }
        try sound("7", on: &driver, from: 20)
        driver.at(500) { $0.press("8") }
        try sound("8", on: &driver, from: 520)
        #expect(driver.timeline.lines("event digit").map(\.text) == ["event digit 7", "event digit 8"])
    }

    @Test("a key that was heard long before is another press than the one the platform tells")
    func later() throws {
        var driver = driver()
        try sound("5", on: &driver, from: 0)
        driver.at(3_300) { $0.press("5") }
        #expect(driver.timeline.lines("event digit").count == 2)
    }

    @Test("a key stops a prompt as one of the platform's does")
    func interrupts() throws {
        var driver = driver()
        driver.play(1, milliseconds: 3_000, .digitsOnly)
        try sound("1", on: &driver, from: 1_000)
        #expect(driver.timeline.lines("clear").map(\.milliseconds) == [1_020])
    }
}

// SPDX-License-Identifier: Apache-2.0

import CallModel
import CallSession
import Testing
import VoiceBridge

@Suite("When silence ends a call")
struct SilenceTests {
    private func driver(detectsSpeech: Bool = true) -> Driver {
        Driver(configure: { configuration in
            configuration.silenceTimeout = .seconds(5)
            configuration.detectsSpeech = detectsSpeech
        })
    }

    private func hungUpAt(_ driver: inout Driver, by end: Double = 60_000) -> Double? {
        driver.run(until: end)
        return driver.timeline.lines("hangup silence").first?.milliseconds
    }

    /// Sends speech from `start` to `end`, 20 ms at a time, with a soft sound now and then.
    private func speak(_ driver: inout Driver, from start: Int, to end: Int) {
        for time in stride(from: start, to: end, by: 20) {
            let height: Int16 = time / 20 % 8 == 0 ? 100 : 8_000
            driver.at(Double(time)) { $0.media(Signal.square(160, height: height)) }
        }
    }

    @Test("a call in which nobody makes a sound is hung up")
    func silence() {
        var driver = driver()
        for time in stride(from: 0, to: 8_000, by: 20) { driver.at(Double(time)) { $0.media(Signal.silence(160)) } }
        #expect(hungUpAt(&driver) == 5_000)
        #expect(driver.timeline.texts.contains("end bot (silence)"))
    }

    @Test("the time runs from the end of what was heard, not of what was queued")
    func afterPlayout() {
        var driver = driver()
        driver.play(1, milliseconds: 20_000)
        #expect(hungUpAt(&driver) == 25_000)
    }

    @Test("audio that lies at the platform counts as sound until it was played")
    func bufferedPlayout() {
        var driver = Driver(configure: { configuration in
            configuration.silenceTimeout = .seconds(2)
            configuration.lead = .seconds(10)
        })
        driver.play(1, milliseconds: 8_000)
        #expect(hungUpAt(&driver) == 10_000)
    }

    @Test("a caller in the middle of a long sentence is not silent", arguments: [true, false])
    func midSentence(detectsSpeech: Bool) {
        var driver = driver(detectsSpeech: detectsSpeech)
        speak(&driver, from: 0, to: 20_000)
        #expect(driver.timeline.lines("hangup").isEmpty)
        #expect(driver.timeline.lines("event speech").isEmpty == !detectsSpeech)
        // The platform sends nothing more; a second later the caller counts as silent.
        let time = hungUpAt(&driver) ?? 0
        #expect((24_900...26_000).contains(time))
        #expect(driver.timeline.texts.contains("event speech ended") == detectsSpeech)
    }

    @Test("digits count as sound, and a collection has time limits of its own")
    func digits() {
        var driver = driver()
        driver.at(4_000) { $0.press("1") }
        driver.ask(.discardDigits)
        driver.at(8_000) { driver in
            driver.ask(.collect(RequestID(1), DigitCollection(count: 4, firstDigitTimeout: .seconds(30))))
        }
        #expect(hungUpAt(&driver) == 43_000)
        #expect(driver.timeline.lines("reply").map(\.milliseconds) == [38_000])
    }

    @Test("a silence watchdog behind a full socket does not spin")
    func fullSocket() {
        var driver = driver()
        driver.play(1, milliseconds: 1_000)
        driver.change { $0.writabilityChanged(false, at: $1) }
        driver.play(2, milliseconds: 1_000)
        driver.at(9_000) { $0.change { $0.writabilityChanged(true, at: $1) } }
        #expect(hungUpAt(&driver) == 15_800)
    }
}

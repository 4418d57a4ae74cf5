// SPDX-License-Identifier: Apache-2.0

import CallModel
import Testing
import VoiceBridge

@testable import CallSession

@Suite("A delay does not stay")
struct LatenessTests {
    /// An echo whose delay is the platform's buffer and ours.
    private func echo() -> Driver {
        var driver = Driver(configure: { $0.detectsSpeech = false })
        driver.keepsWritten = false
        driver.ask(.attach(EchoStage()))
        return driver
    }

    /// How long what comes in now takes to be heard, in milliseconds.
    private func delay(_ driver: Driver) -> Double {
        let waiting = driver.session.queue.last?.utterance?.available ?? 0
        return Double(waiting) / 8 + Double(max(0, (driver.player.end ?? 0) - driver.now)) / 1_000_000
    }

    /// Speech and pauses, 20 ms of it.
    private func sound(_ step: Int, isQuiet: (Int) -> Bool) -> [Int16] {
        isQuiet(step) ? Signal.silence(160) : Signal.square(160, height: 6_000)
    }

    @Test("after a stall of the caller's way the delay is back within 2 s", arguments: [true, false], [300, 500, 900])
    func inbound(hasPauses: Bool, stall: Int) {
        var driver = echo()
        var waiting: [[Int16]] = []
        for step in 0..<400 {
            let sound = sound(step) { hasPauses && $0 % 25 < 8 }
            driver.run(until: Double(step) * 20)
            // For a while the network brings nothing, then all at once.
            waiting.append(sound)
            if step >= 100, step * 20 < 2_000 + stall { continue }
            for sound in waiting { driver.media(sound) }
            waiting = []
            if step == 99 { #expect(delay(driver) <= 80) }
            if step * 20 >= 2_000 + stall + 2_000 { #expect(delay(driver) <= 100, "at \(step * 20) ms") }
        }
    }

    @Test("after a stall of the platform's way the delay is back within 2 s", arguments: [true, false])
    func outbound(hasPauses: Bool) {
        var driver = echo()
        for step in 0..<400 {
            driver.run(until: Double(step) * 20)
            if step == 100 { driver.change { $0.writabilityChanged(false, at: $1) } }
            if step == 125 { driver.change { $0.writabilityChanged(true, at: $1) } }
            driver.media(sound(step) { hasPauses && $0 % 25 < 8 })
            if step >= 225 { #expect(delay(driver) <= 100, "at \(step * 20) ms") }
        }
    }

    @Test(
        "thirty minutes of a platform whose clock is half a percent off keep the delay flat",
        arguments: [0.995, 1.005]
    )
    func skew(speed: Double) {
        var driver = echo()
        var worst = 0.0
        // Messages of 100 ms: a sixth of the work, and as much audio.
        let chunk = (0..<10).map { part in
            Signal.bytes((0..<5).flatMap { sound(part * 5 + $0) { $0 % 25 < 8 } })
        }
        for step in 0..<18_000 {
            driver.run(untilNanoseconds: Int64(Double(step) * 100_000_000 / speed))
            driver.media(chunk[step % 10])
            if step > 20 { worst = max(worst, delay(driver)) }
        }
        #expect(worst <= 220)
        // What came too fast was left out; nothing else was.
        let surplus = max(0, Int64(90_000 * 160) - Int64(Double(90_000 * 160) / speed))
        #expect(abs(driver.session.summary.liveSamplesDropped - surplus) <= 2_000)
    }

    @Test("jitter alone leaves nothing out")
    func jitter() {
        var driver = echo()
        var random = Seeded(7)
        for step in 0..<3_000 {
            driver.run(until: Double(step) * 20 + Double.random(in: 0...50, using: &random).rounded())
            driver.media(sound(step) { $0 % 25 < 8 })
        }
        #expect(driver.session.summary.liveSamplesDropped == 0)
    }
}

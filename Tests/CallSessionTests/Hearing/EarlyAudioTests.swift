// SPDX-License-Identifier: Apache-2.0

import CallModel
import CallSession
import Synchronization
import Testing
import VoiceBridge

/// Keeps what it hears.
private final class Tape: Sendable {
    let samples = Mutex<[Int16]>([])
    let positions = Mutex<[Int64]>([])
}

private struct TapeStage: MediaStage {
    let tape: Tape
    mutating func process(_ heard: Span<Int16>, at position: Int64, into playback: inout PlaybackWriter) {
        var copy: [Int16] = []
        for index in heard.indices { copy.append(heard[index]) }
        tape.samples.withLock { $0 += copy }
        tape.positions.withLock { $0.append(position) }
    }
}

@Suite("Audio before anybody listens")
struct EarlyAudioTests {
    @Test(
        "media before start is kept and reaches the bot from sample 0, whatever the messages are cut into",
        arguments: [1, 2, 7, 160, 320, 1_001]
    )
    func beforeStart(chunk: Int) {
        var driver = Driver(starts: false)
        let samples = Signal.ramp(8_000)
        let bytes = Signal.bytes(samples)
        for start in stride(from: 0, to: bytes.count, by: chunk) {
            driver.media(Array(bytes[start..<min(bytes.count, start + chunk)]))
        }
        driver.start()
        driver.ask(.listen)
        #expect(driver.heardFrom == 0)
        #expect(driver.heard == samples)
    }

    @Test("of more than 2 s before start the newest 2 s are kept, and the loss is counted", arguments: [1, 319, 320])
    func boundedBeforeStart(chunk: Int) {
        var driver = Driver(starts: false)
        let samples = Signal.ramp(8_000 * 5)
        let bytes = Signal.bytes(samples)
        for start in stride(from: 0, to: bytes.count, by: chunk) {
            driver.media(Array(bytes[start..<min(bytes.count, start + chunk)]))
        }
        driver.start()
        driver.ask(.listen)
        #expect(driver.heard.count <= 16_000 && driver.heard.count > 15_800)
        #expect(driver.heard == Array(samples.suffix(driver.heard.count)))
        driver.receive(.stop(reason: nil))
        driver.ask(.returned)
        driver.change { $0.socketClosed(nil, at: $1) }
        let lost = driver.summaries.first?.samplesDropped ?? 0
        #expect(lost + Int64(driver.heard.count) == 40_000)
    }

    @Test("a bot that begins to listen within 2 s hears sample 0")
    func listeningLate() {
        var driver = Driver()
        let samples = Signal.ramp(8_000 * 3)
        for chunk in 0..<150 {
            if chunk == 99 { driver.ask(.listen) }
            driver.at(Double(chunk) * 20) { $0.media(Array(samples[chunk * 160..<(chunk + 1) * 160])) }
        }
        #expect(driver.heardFrom == 0)
        #expect(driver.heard == samples)
    }

    @Test("a bot that is silent for longer gets the newest 2 s, at their true position")
    func listeningTooLate() {
        var driver = Driver()
        let samples = Signal.ramp(8_000 * 5)
        for chunk in 0..<250 {
            driver.at(Double(chunk) * 20) { $0.media(Array(samples[chunk * 160..<(chunk + 1) * 160])) }
        }
        driver.ask(.listen)
        #expect(driver.heardFrom == 24_000)
        #expect(driver.heard == Array(samples[24_000...]))
        driver.receive(.stop(reason: nil))
        driver.ask(.returned)
        driver.change { $0.socketClosed(nil, at: $1) }
        #expect(driver.summaries.first?.samplesDropped == 24_000)
    }

    @Test("stage and listener both hear sample 0, in whichever order they come", arguments: [true, false])
    func stageAndListener(stageFirst: Bool) {
        let tape = Tape()
        var driver = Driver(bot: .linear16kHz)
        for _ in 0..<25 { driver.media(Signal.ramp(160)) }
        if stageFirst { driver.ask(.attach(TapeStage(tape: tape))) }
        driver.ask(.listen)
        driver.media(Signal.ramp(160))
        if !stageFirst { driver.ask(.attach(TapeStage(tape: tape))) }
        driver.media(Signal.ramp(160))
        #expect(driver.heardFrom == 0)
        #expect(driver.heard.count == 27 * 320)
        #expect(tape.samples.withLock(\.self) == driver.heard)
        #expect(tape.positions.withLock { $0.first } == 0)
    }
}

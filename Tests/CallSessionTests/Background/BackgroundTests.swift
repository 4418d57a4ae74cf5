// SPDX-License-Identifier: Apache-2.0

import CallModel
import Testing
import VoiceBridge

@testable import CallSession

@Suite("A sound behind the conversation")
struct BackgroundTests {
    /// A hum whose every sample is the same, so that what lies under speech can be counted.
    private static let hum = Prompt(
        AudioChunk(linear: [Int16](repeating: 10_000, count: 8_000), format: .linear8kHz, position: 0)
    )

    private func driver(
        wire: AudioFormat = .linear8kHz,
        _ occasion: BackgroundOccasion = .always,
        marks: Player.Marks = .never
    ) -> Driver {
        var driver = Driver(wire: wire, player: Player(rate: wire.sampleRate, mode: marks))
        driver.ask(.background(Self.hum, gain: -20, occasion))
        return driver
    }

    @Test("alone it is sent as it is played, a little ahead, and without a gap")
    func alone() {
        var driver = driver()
        driver.run(until: 3_000)
        let sent = driver.frames.reduce(0) { $0 + $1.bytes } / 2
        #expect((24_000...24_000 + 8 * 40).contains(sent))
        #expect(driver.player.gaps.isEmpty)
        // Faded in, a tenth of its height.
        #expect(Signal.samples(driver.written).dropFirst(480).allSatisfy { $0 == 1_000 })
        #expect(driver.timeline.texts == ["audio"])
    }

    @Test("it is no speech: nothing is heard of the bot, nothing is there to interrupt, and a silent caller is idle")
    func noSpeech() {
        var driver = driver()
        driver.at(1_000) { $0.press("1") }
        driver.run(until: 2_000)
        #expect(driver.timeline.texts == ["audio", "event digit 1", "audio"])
        #expect(driver.session.ledger.sent == 0)
    }

    @Test("under speech it steps back, and speech is not held up by more than 40 ms", arguments: [0.0, 1_000, 1_013])
    func underSpeech(start: Double) throws {
        var driver = driver()
        driver.at(start) { $0.play(1, [Int16](repeating: 0, count: 8_000)) }
        driver.run(until: 3_000)
        let samples = Signal.samples(driver.written)
        // −20 dB and 12 more.
        let quieter = samples.indices.filter { samples[$0] == 251 }
        let first = try #require(quieter.first)
        #expect((7_000...8_000).contains(quieter.count))
        #expect(first <= Int(start) * 8 + 8 * 40 + 240)
        #expect(samples.last == 1_000)
        #expect(driver.timeline.texts.contains("reply 1 finished"))
        #expect(driver.player.gaps.isEmpty)
    }

    @Test("what is heard of speech behind the sound is never more than was played", arguments: 0..<20)
    func ledger(seed: Int) {
        var random = Seeded(seed)
        var driver = driver(marks: .honest)
        let start = Double.random(in: 0...500, using: &random)
        driver.run(until: start)
        let before = Int64(driver.frames.reduce(0) { $0 + $1.bytes } / 2)
        driver.play(1, milliseconds: 400)
        for step in 1...30 {
            driver.run(until: start + Double(step) * 17)
            let played = max(0, driver.player.heard(at: driver.now) - before)
            let heard = driver.session.ledger.reading.heardSamples(at: driver.instant)
            #expect(heard.estimate <= played && heard.low <= played, "\(step)")
        }
    }

    @Test("an interruption takes the sound sent ahead back too, and it goes on at once")
    func interrupted() {
        var driver = driver()
        driver.at(500) { $0.play(1, milliseconds: 3_000) }
        driver.at(1_500) { $0.press("1") }
        driver.run(until: 2_500)
        #expect(driver.timeline.texts.contains("clear"))
        #expect(driver.frames.contains { (1_500_000_000...1_501_000_000).contains($0.time) })
        #expect(driver.player.gaps.allSatisfy { $0 <= 1_000_000 })
    }

    @Test("while the bot works on an answer it is heard, and no longer")
    func thinking() {
        var driver = driver(.thinking)
        driver.run(until: 1_000)
        #expect(driver.frames.isEmpty)
        driver.ask(.beginWork)
        driver.run(until: 2_000)
        let sent = driver.frames.count
        #expect((48...54).contains(sent))
        driver.ask(.endWork)
        driver.run(until: 3_000)
        // It fades out.
        #expect(driver.frames.count - sent <= 4)
        #expect(Signal.samples(driver.written).last == 0)
    }

    @Test("a bot that says one moment and works is heard first, and then the sound")
    func thinkingBehindSpeech() {
        var driver = driver(.thinking)
        driver.play(1, [Int16](repeating: 0, count: 4_000))
        driver.ask(.beginWork)
        driver.run(until: 480)
        #expect(Signal.samples(driver.written).allSatisfy { $0 == 0 })
        driver.run(until: 1_500)
        #expect(Signal.samples(driver.written).last == 1_000)
        #expect(driver.player.gaps.allSatisfy { $0 <= 40_000_000 })
    }

    @Test("on each wire", arguments: [AudioEncoding.muLaw, .aLaw, .linear16])
    func wires(encoding: AudioEncoding) throws {
        var driver = driver(wire: try #require(AudioFormat(encoding: encoding, sampleRate: 8_000)))
        driver.run(until: 200)
        let last = driver.written.suffix(encoding.bytesPerSample)
        let wanted: [UInt8] =
            switch encoding {
            case .linear16: Signal.bytes([1_000])
            // G.711: 988 and 1008 are the steps next to 1000.
            case .muLaw: [0xCE]
            case .aLaw: [0xFA]
            }
        #expect(Array(last) == wanted)
        driver.ask(.background(nil, gain: 0, .always))
        let sent = driver.frames.count
        driver.run(until: 1_000)
        #expect(driver.frames.count == sent)
    }
}

// SPDX-License-Identifier: Apache-2.0

import CallModel
import CallSession
import Testing
import VoiceBridge

@Suite("When frames are sent")
struct PacingTests {
    @Test(
        "frames go in real time, ahead by the lead",
        arguments: [(0, 1), (20, 1), (40, 2), (200, 10), (1_000, 50)]
    )
    func lead(milliseconds: Int, atOnce: Int) {
        var driver = Driver(configure: { $0.lead = .milliseconds(milliseconds) })
        driver.play(1, milliseconds: 2_000)
        driver.run(until: 4_000)
        let times = driver.frames.map { Double($0.time) / 1_000_000 }
        let expected = (0..<100).map { $0 < atOnce ? 0 : Double(($0 - atOnce + 1) * 20) }
        #expect(times == expected)
        #expect(driver.frames.allSatisfy { $0.bytes == 320 })
        #expect(driver.player.gaps.isEmpty)
        #expect(driver.timeline.lines("reply").map(\.text) == ["reply 1 finished"])
        #expect(driver.timeline.lines("reply").map(\.milliseconds) == [2_000])
    }

    @Test(
        "the sound of every length is whole, and the last frame is padded with the encoding's silence",
        arguments: [AudioFormat.linear8kHz, .muLaw8kHz, .aLaw8kHz]
    )
    func everyLength(wire: AudioFormat) {
        for count in [1, 2, 79, 80, 81, 159, 160, 161, 319, 320, 321, 480, 1_599, 1_600, 1_601, 2_000] {
            var driver = Driver(wire: wire, configure: { $0.lead = .seconds(1) })
            let samples = Signal.ramp(count)
            driver.play(1, samples)
            driver.run(until: 2_000)
            let frames = (count + 159) / 160
            #expect(driver.frames.count == frames)
            let silence: [UInt8]
            let content: [UInt8]
            switch wire.encoding {
            case .linear16: (silence, content) = ([0, 0], Signal.bytes(samples))
            case .muLaw: (silence, content) = ([0xFF], AudioChunk(linear: samples, format: wire, position: 0).bytes)
            case .aLaw: (silence, content) = ([0xD5], AudioChunk(linear: samples, format: wire, position: 0).bytes)
            }
            let padding = Array(repeatElement(silence, count: frames * 160 - count).joined())
            #expect(driver.written == content + padding)
        }
    }

    @Test("every length from 1 to 2000 samples keeps its content, spoken at the wire's rate and at 16 and 24 kHz")
    func conservation() {
        for bot in [AudioFormat.linear8kHz, .linear16kHz, .linear24kHz] {
            for count in Array(1...330) + Array(stride(from: 331, through: 2_000, by: 23)) {
                var driver = Driver(bot: bot, configure: { $0.lead = .seconds(1) })
                driver.play(1, Signal.ramp(count))
                driver.run(until: 1_500)
                let exact = Double(count) * 8_000 / Double(bot.sampleRate)
                let content = Int(exact.rounded(.toNearestOrAwayFromZero))
                let frames = (content + 159) / 160
                #expect(abs(driver.frames.count - frames) <= (content % 160 <= 1 ? 1 : 0), "\(count) at \(bot)")
                #expect(driver.timeline.texts.last == "event playback 1 finished", "\(count) at \(bot)")
                if bot == .linear8kHz {
                    #expect(Array(Signal.samples(driver.written).prefix(count)) == Signal.ramp(count))
                }
            }
        }
    }

    @Test("frames are as long as configured", arguments: [20, 40, 60, 100, 200])
    func frameLengths(milliseconds: Int) {
        var driver = Driver(configure: { $0.frame = .milliseconds(milliseconds) })
        driver.play(1, milliseconds: 1_010)
        driver.run(until: 3_000)
        #expect(driver.frames.count == (1_010 + milliseconds - 1) / milliseconds)
        #expect(driver.frames.allSatisfy { $0.bytes == milliseconds * 16 })
        #expect(driver.player.gaps.isEmpty)
        #expect(driver.timeline.texts.last == "event playback 1 finished")
    }

    @Test("in ten minutes the pacer does not drift by a nanosecond")
    func tenMinutes() {
        var driver = Driver(wire: .muLaw8kHz, configure: { $0.usesMarks = true })
        driver.keepsWritten = false
        driver.player = Player(rate: 8_000, mode: .honest)
        let minute = Signal.ramp(480_000)
        for number in 0..<10 { driver.play(UInt64(number), minute) }
        driver.run(until: 605_000)
        #expect(driver.frames.count == 30_000)
        #expect(driver.frames.last?.time == Int64(599_800_000_000))
        #expect(driver.player.gaps.isEmpty)
        #expect(driver.player.heard(at: driver.instant.nanoseconds) == Int64(4_800_000))
    }

    @Test("an hour of frames ends to the nanosecond where it should", arguments: AudioFormat.supportedSampleRates)
    func hour(rate: Int) {
        var clock = PlaybackClock(sampleRate: rate)
        for frame in 0..<180_000 {
            let due = Int64(frame) * 20_000_000
            _ = clock.write(rate / 50, at: CallInstant(nanoseconds: due))
            guard frame == 0 || clock.end.nanoseconds == due + 20_000_000 else { return }
        }
        #expect(clock.end.nanoseconds == Int64(3_600_000_000_000))
    }

    @Test(
        "a stall shorter than the lead makes no hole; a longer one makes one, which the ledger counts as the player does",
        arguments: [10, 25, 100, 199, 201, 500],
        [0, 200, 1_000]
    )
    func stalls(stall: Int, lead: Int) {
        var driver = Driver(configure: { $0.lead = .milliseconds(lead) })
        driver.play(1, milliseconds: 3_000)
        for start in [1_007, 1_500, 2_003] {
            driver.run(until: Double(start))
            driver.stall(until: Double(start + stall))
        }
        driver.run(until: 6_000)
        driver.receive(.stop(reason: nil))
        driver.ask(.returned)
        driver.change { $0.socketClosed(nil, at: $1) }
        if stall + 20 <= lead { #expect(driver.player.gaps.isEmpty) }
        #expect(driver.player.gaps.isEmpty == (driver.summaries.first?.underruns == 0))
        #expect(driver.summaries.first?.underruns == driver.player.gaps.count)
        #expect(driver.summaries.first?.underrunTime == .nanoseconds(driver.player.gaps.reduce(0, +)))
        #expect(Array(Signal.samples(driver.written)) == Signal.ramp(24_000))
    }

    @Test("silence between utterances is no underrun")
    func silenceBetween() {
        var driver = Driver()
        driver.play(1, milliseconds: 500)
        driver.at(3_000) { $0.play(2, milliseconds: 500) }
        driver.run(until: 5_000)
        driver.receive(.stop(reason: nil))
        driver.ask(.returned)
        driver.change { $0.socketClosed(nil, at: $1) }
        #expect(driver.summaries.first?.underruns == 0)
        #expect(driver.summaries.first?.samplesHeard == 8_000)
        #expect(driver.summaries.first?.samplesSent == 8_000)
    }

    @Test("while the socket takes nothing, frames stay here, and a flush takes them back")
    func notWritable() {
        var driver = Driver()
        driver.change { $0.writabilityChanged(false, at: $1) }
        driver.play(1, milliseconds: 1_000)
        driver.run(until: 300)
        #expect(driver.frames.isEmpty)
        driver.ask(.flush)
        driver.change { $0.writabilityChanged(true, at: $1) }
        driver.run(until: 2_000)
        #expect(driver.frames.isEmpty)
        #expect(driver.timeline.text == "300 ms  reply 1 interrupted at 0 ms")
    }

    @Test("what the socket could not take goes out in order once it can")
    func writableAgain() {
        var driver = Driver()
        driver.play(1, milliseconds: 1_000)
        driver.at(100) { $0.change { $0.writabilityChanged(false, at: $1) } }
        driver.at(250) { $0.change { $0.writabilityChanged(true, at: $1) } }
        driver.run(until: 2_000)
        #expect(Signal.samples(driver.written) == Signal.ramp(8_000))
        #expect(driver.player.gaps.isEmpty)
        #expect(driver.frames.filter { $0.time == 250_000_000 }.count == 7)
    }

    @Test("a socket that takes nothing for long ends the call")
    func neverWritable() {
        var driver = Driver(configure: { $0.silenceTimeout = .seconds(3) })
        driver.play(1, milliseconds: 1_000)
        driver.at(100) { $0.change { $0.writabilityChanged(false, at: $1) } }
        driver.ask(.hangUp(.afterPlayout, reason: nil))
        driver.run(until: 60_000)
        #expect(driver.timeline.lines("close").map(\.text) == ["close 1001"])
        #expect(driver.timeline.lines("close").map(\.milliseconds) == [10_100])
        #expect(driver.timeline.lines("end bot").map(\.text) == ["end bot (stalled)"])
    }
}

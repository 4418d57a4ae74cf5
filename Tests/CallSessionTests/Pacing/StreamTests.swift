// SPDX-License-Identifier: Apache-2.0

import CallModel
import Testing
import VoiceBridge

@testable import CallSession

@Suite("Streamed speech and live sources")
struct StreamTests {
    @Test("a stream begins once 60 ms are there, or 60 ms after its first audio, or when it is finished")
    func threshold() {
        var slow = Driver()
        slow.say(milliseconds: 20)
        slow.run(until: 1_000)
        #expect(slow.frames.map(\.time) == [60_000_000])
        var fast = Driver()
        fast.say(milliseconds: 20)
        fast.at(10) { $0.say(milliseconds: 40) }
        fast.run(until: 100)
        #expect(fast.frames.map(\.time) == [10_000_000, 10_000_000, 10_000_000])
        var short = Driver()
        short.say(milliseconds: 20)
        short.at(10) { $0.ask(.finishSpeech(RequestID(7))) }
        short.run(until: 100)
        #expect(short.frames.map(\.time) == [10_000_000])
        #expect(short.timeline.lines("reply").map(\.text) == ["reply 7 finished"])
        #expect(short.timeline.lines("reply").map(\.milliseconds) == [30])
    }

    @Test("a stream that gets nothing for half a second after its end was played is over, and its last frame is padded")
    func idle() {
        var driver = Driver()
        driver.say(milliseconds: 110)
        driver.run(until: 5_000)
        #expect(driver.frames.map { $0.time / 1_000_000 } == [0, 0, 0, 0, 0, 600])
        #expect(driver.timeline.lines("event own").map(\.milliseconds) == [0, 620])
        driver.ask(.finishSpeech(RequestID(7)))
        #expect(driver.timeline.texts.last == "reply 7 finished")
        driver.at(6_000) { $0.say(milliseconds: 100) }
        driver.run(until: 7_000)
        #expect(
            driver.timeline.lines("event own").map(\.text).suffix(2) == ["event own 1 started", "event own 1 finished"]
        )
    }

    @Test("a stage is heard at once")
    func liveAtOnce() {
        var driver = Driver()
        driver.ask(.attach(EchoStage()))
        driver.at(500) { $0.media(Signal.ramp(160)) }
        #expect(driver.frames.map(\.time) == [500_000_000])
    }

    @Test(
        "room for streamed speech is returned exactly once, however it ends",
        arguments: [8_000, 16_000, 24_000, 44_100],
        ["played", "flushed", "stopped", "left", "closed", "refused"]
    )
    func credit(rate: Int, ending: String) throws {
        let format = try #require(AudioFormat(encoding: .linear16, sampleRate: rate))
        var driver = Driver(bot: format)
        var random = Seeded(rate)
        var taken: Int64 = 0
        if ending == "refused" { driver.ask(.hangUp(.afterPlayout, reason: nil)) }
        for step in 0..<100 {
            let chunk = AudioChunk(
                linear: Signal.ramp(.random(in: 1...900, using: &random)),
                format: format,
                position: 0
            )
            taken += chunk.duration.wholeNanoseconds
            driver.at(Double(step)) { $0.ask(.say(chunk, [], .allowed)) }
        }
        driver.run(until: 300)
        switch ending {
        case "flushed": driver.ask(.flush)
        case "stopped": driver.receive(.stop(reason: nil))
        case "left": driver.ask(.hangUp(.now, reason: nil))
        case "closed": driver.change { $0.socketClosed(nil, at: $1) }
        default: break
        }
        driver.run(until: 60_000)
        #expect(driver.credit == taken)
    }

    @Test("an echo of one hour leaves nothing behind")
    func hourOfEcho() {
        // At the wire's rate and without looking for speech: nobody waits for a filter that was not optimized.
        var driver = Driver(configure: { configuration in
            configuration.usesMarks = true
            configuration.detectsSpeech = false
        })
        driver.keepsWritten = false
        driver.ask(.attach(EchoStage()))
        let chunk = Signal.bytes(Signal.ramp(160))
        // The first chunk is late, which leaves some audio waiting all the time.
        driver.media(chunk + chunk + chunk)
        for step in 1..<45_000 { driver.at(Double(step) * 20) { $0.media(chunk) } }
        #expect(driver.session.queue.count == 1)
        #expect(driver.session.playing.isEmpty)
        #expect(driver.session.queue[0].utterance?.linear.inMemory ?? .max < 4_000)
        #expect(driver.session.ledger.openMarks <= 512)
        #expect(driver.frames.count == 45_002)
    }

    @Test("a stage that is faster than real time is held to a second of audio, the newest")
    func liveBound() {
        var driver = Driver()
        driver.ask(.attach(EchoStage()))
        driver.play(1, milliseconds: 10_000)
        for step in 0..<500 { driver.at(Double(step) * 20) { $0.media(Signal.ramp(160, from: step * 160)) } }
        #expect(driver.session.queue.last?.utterance?.available == 8_000)
        #expect(driver.session.queue.last?.utterance?.linear.inMemory ?? .max < 20_000)
        driver.run(until: 20_000)
        #expect(Signal.samples(driver.written).suffix(8_000) == Signal.ramp(80_000, from: 0).suffix(8_000))
        driver.receive(.stop(reason: nil))
        driver.ask(.returned)
        driver.change { $0.socketClosed(nil, at: $1) }
        #expect(driver.summaries.first?.liveSamplesDropped == Int64(70_560))
    }

    @Test("of more prompts than the queue holds the rest is refused")
    func manyPrompts() {
        var driver = Driver()
        let sound = Signal.ramp(160)
        for number in 0..<10_000 { driver.play(UInt64(number), sound) }
        #expect(driver.session.queue.count <= 256)
        #expect(driver.timeline.lines("reply").count { $0.text.hasSuffix("failed invalid") } == 10_000 - 256 - 10)
        driver.run(until: 20_000)
        #expect(driver.timeline.lines("reply").count { $0.text.hasSuffix("finished") } == 266)
    }
}

// SPDX-License-Identifier: Apache-2.0
import Testing
import VoiceBridgeTesting

/// What the caller hears, by timelines.
@Suite struct HearingTests {
    @Test func `an echo comes back whole, one frame later`() {
        let said = (0..<8_000).map { Int16(truncatingIfNeeded: $0 &* 7_919) }
        var virtual = VirtualCall(call(1_500) { $0.callerAudio = said }, server: StandIn(echoes: true))
        let result = virtual.run()
        #expect(result.heard.count == 12_000)
        #expect(Array(result.heard[160..<8_160]) == said)
        #expect(result.playback.underruns == 0)
        #expect(result.framesSent == 75)
        #expect(result.framesReceived == 74)
        #expect(result.firstAudio == .milliseconds(20))
        // The last frame goes out together with stop: its echo is late.
        #expect(result.lateMessages == 1)
        #expect(result.playback.cut == 0)
        #expect(result.playback.heard == 74 * 160)
    }

    @Test func `each way a message takes its time`() {
        var virtual = VirtualCall(
            call(1_000) { $0.callerAudio = [Int16](repeating: 5, count: 160) },
            server: StandIn(echoes: true),
            latency: .milliseconds(30)
        )
        let result = virtual.run()
        // Heard 20 ms of frame and twice 30 ms after it was said: samples 640 … 799.
        #expect(result.heard.firstIndex(of: 5) == 640)
        #expect(result.firstAudio == .milliseconds(80))
        #expect(result.endedAsTold)
    }

    @Test func `audio ahead of time waits and plays without a gap`() {
        var virtual = VirtualCall(
            call(1_000),
            server: StandIn([(100, audio(200, value: 1)), (100, audio(200, value: 2)), (250, audio(20, value: 3))])
        )
        let result = virtual.run()
        let expected =
            [Int16](repeating: 0, count: 800) + [Int16](repeating: 1, count: 1_600)
            + [Int16](repeating: 2, count: 1_600) + [Int16](repeating: 3, count: 160)
        #expect(Array(result.heard.prefix(4_160)) == expected)
        #expect(result.heard[4_160...].allSatisfy { $0 == 0 })
        #expect(result.playback.maximumDepth == 400 * 8)
        #expect(result.playback.playbacks == 1)
    }

    @Test func `what a clear takes back is not heard`() {
        var virtual = VirtualCall(
            call(1_000),
            server: StandIn([
                (100, audio(200, value: 1)), (100, audio(200, value: 1)), (250, .text(#"{"type":"audio.clear"}"#)),
                (300, audio(20, value: 2)),
            ])
        )
        let result = virtual.run()
        #expect(result.heard.count(where: { $0 == 1 }) == 150 * 8)
        #expect(result.heard.firstIndex(of: 2) == 300 * 8)
        #expect(result.playback.cleared == 250 * 8)
        #expect(result.playback.interruptions == 1)
        #expect(result.playback.underruns == 0)
        #expect(
            story(result) == [
                "t=0 -> connected", "t=0 -> start", "t=100 <- audio begins", "t=250 <- audio.clear",
                "t=250 -- 250 ms of audio were not heard", "t=300 <- audio begins", "t=1000 -> stop callended",
                "t=1000 <- close 1000",
            ]
        )
    }

    @Test func `a clear of nothing interrupts nothing`() {
        var virtual = VirtualCall(
            call(1_000),
            server: StandIn([(100, audio(20)), (120, .text(#"{"type":"audio.clear"}"#))])
        )
        let result = virtual.run()
        #expect(result.playback.interruptions == 0)
        #expect(result.playback.cleared == 0)
    }

    struct Gap: Sendable {
        let script: [(Int, VirtualServerOutput)]
        let underruns: Int
        let milliseconds: Int
        let playbacks: Int
        var digitAt: Int?
    }

    @Test(arguments: [
        // On time to the sample; 1 ms late; 300 ms late; a pause.
        Gap(script: [(100, audio(20)), (120, audio(20))], underruns: 0, milliseconds: 0, playbacks: 1),
        Gap(script: [(100, audio(20)), (121, audio(20))], underruns: 1, milliseconds: 1, playbacks: 1),
        Gap(
            script: [(100, audio(20)), (420, audio(20)), (450, audio(20))],
            underruns: 2,
            milliseconds: 310,
            playbacks: 1
        ),
        Gap(script: [(100, audio(20)), (1_119, audio(20))], underruns: 1, milliseconds: 999, playbacks: 1),
        Gap(script: [(100, audio(20)), (1_120, audio(20))], underruns: 0, milliseconds: 0, playbacks: 2),
        // The end was announced; the caller pressed a key in the silence, or before it; the end of the call.
        Gap(
            script: [(100, audio(20)), (100, .text(#"{"type":"response.audio.done"}"#)), (200, audio(20))],
            underruns: 0,
            milliseconds: 0,
            playbacks: 2
        ),
        Gap(script: [(400, audio(20)), (600, audio(20))], underruns: 0, milliseconds: 0, playbacks: 2, digitAt: 500),
        Gap(script: [(480, audio(40)), (600, audio(20))], underruns: 1, milliseconds: 80, playbacks: 1, digitAt: 500),
        Gap(script: [(1_900, audio(20))], underruns: 0, milliseconds: 0, playbacks: 1),
    ])
    func `an underrun is emptiness inside a playback`(gap: Gap) {
        let digit = gap.digitAt.flatMap { ScheduledDigit("5", at: .milliseconds($0)) }
        var virtual = VirtualCall(call(2_000) { $0.digits = digit.map { [$0] } ?? [] }, server: StandIn(gap.script))
        let result = virtual.run()
        #expect(result.playback.underruns == gap.underruns)
        #expect(result.playback.underrunSamples == gap.milliseconds * 8)
        #expect(result.playback.playbacks == gap.playbacks)
    }

    @Test func `a jitter buffer hides what comes less late than it holds`() {
        let script = [(100, audio(20)), (135, audio(20)), (140, audio(20)), (260, audio(20))]
        var virtual = VirtualCall(call(1_000) { $0.playoutDelay = .milliseconds(40) }, server: StandIn(script))
        let result = virtual.run()
        #expect(result.heard.firstIndex(of: 1_000) == 140 * 8)
        // Empty from 200; what comes at 260 plays at 300.
        #expect(result.playback.underruns == 1)
        #expect(result.playback.underrunSamples == 100 * 8)
        #expect(result.playback.heard == 80 * 8)
    }

    @Test(arguments: [#"{"type":"session.hangup"}"#, #"{"type":"session.transfer","destination":"98100"}"#])
    func `a goodbye that is not played out is cut`(command: String) {
        var virtual = VirtualCall(call(5_000), server: StandIn([(100, audio(200)), (150, .text(command))]))
        let result = virtual.run()
        #expect(result.playback.heard == 50 * 8)
        #expect(result.playback.cut == 150 * 8)
        #expect(result.duration == .milliseconds(150))
        #expect(result.endedBy == .bot)
    }

    @Test func `lost samples show`() {
        var virtual = VirtualCall(
            call(1_000),
            server: StandIn((0..<10).filter { $0 != 6 }.map { (100 + 20 * $0, audio(20)) })
        )
        let result = virtual.run()
        #expect(result.playback.received == 9 * 160)
        #expect(result.playback.underrunSamples == 160)
    }
}

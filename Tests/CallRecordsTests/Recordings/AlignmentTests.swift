// SPDX-License-Identifier: Apache-2.0
import CallModel
import CallSession
import Testing
import VoiceBridge
import VoiceBridgeTesting

@testable import CallRecords

/// What is recorded is what was said and what was heard, at the same places.
@Suite struct AlignmentTests {
    private static func call(_ length: Duration, keyEvery interval: Int = 7_130) -> SimulatedCallConfiguration {
        var call = SimulatedCallConfiguration(.ivrSolutions)
        let count = Int(length.components.seconds) * 8_000
        call.callerAudio = [Int16](repeating: 0, count: count)
        for place in stride(from: 400, to: count, by: 4_001) { call.callerAudio[place] = 30_000 }
        // Every few seconds a key, which stops the bot in the midst of a word.
        call.digits = stride(from: 2_300, to: Int(length.components.seconds) * 1_000 - 1_000, by: interval)
            .compactMap { ScheduledDigit("5", at: .milliseconds($0)) }
        call.duration = length
        return call
    }

    @Test func `Minutes full of interruptions are what the caller said and heard, to the sample`() throws {
        var call = Self.call(.seconds(130), keyEvery: 1_930)
        call.frameMilliseconds = 100
        let recording = try VirtualRecording(call, bot: Clicker())
        let summary = try #require(recording.summary)
        #expect(summary.interruptions > 50)
        #expect(recording.result.violations.isEmpty)
        #expect(abs(recording.left.count - 130 * 8_000) <= 160)
        let count = min(recording.left.count, call.callerAudio.count)
        #expect(recording.left.prefix(count) == call.callerAudio.prefix(count))
        let heard = recording.result.heard
        let both = min(heard.count, recording.right.count)
        #expect(heard.prefix(both) == recording.right.prefix(both))
        #expect(VirtualRecording.clicks(heard).count > 300)
    }

    @Test(arguments: [8_000, 16_000, 24_000], [-90, 0, 90])
    func `In ten hours neither side drifts from the other, whatever the clocks do`(rate: Int, partsPerMillion: Int) {
        let begin: Int64 = 86_400_000_000_123
        var clock = RecordingClock(rate: rate, at: CallInstant(nanoseconds: begin))
        let frame = rate / 10
        var gaps = 0
        var worst = 0
        for number in 1...360_000 {
            // Each tenth of a second by the platform's crystal, and up to 40 ms late.
            let sent = Int64(number) * (100_000_000 + Int64(partsPerMillion) * 100)
            let now = CallInstant(nanoseconds: begin + sent + Int64(number * 7_919 % 41) * 1_000_000)
            gaps += clock.heard(frame, endingAt: number * frame, at: now)
            // What the caller hears when it was sent lies beside what the caller said then.
            let place = clock.position(at: CallInstant(nanoseconds: begin + sent))
            if number > 100 { worst = max(worst, abs(place - number * frame)) }
        }
        #expect(gaps == 0)
        #expect(worst * 1_000 <= 5 * rate, "\(worst) samples of \(rate) Hz")
    }

    @Test(arguments: [
        (Duration.milliseconds(30), Duration.zero), (.milliseconds(80), .zero), (.milliseconds(10), .milliseconds(120)),
    ])
    func `A network and a platform with delays change nothing of that by more than a frame`(
        latency: Duration,
        playout: Duration
    ) throws {
        var call = Self.call(.seconds(60))
        call.playoutDelay = playout
        let recording = try VirtualRecording(call, bot: Clicker(), latency: latency)
        #expect(
            VirtualRecording.clicks(recording.left)
                == VirtualRecording.clicks(call.callerAudio).filter { $0 < recording.left.count }
        )
        let heard = VirtualRecording.clicks(recording.result.heard)
        let recorded = VirtualRecording.clicks(recording.right)
        #expect(recorded.count > 200)
        // What was said while a clear was under way was heard, and no server can know.
        #expect(heard.count - recorded.count <= recording.summary?.interruptions ?? 0)
        let far = recorded.filter { click in !heard.contains { abs($0 - click) <= 160 } }
        // A pause that is shorter than the platform's own buffer is none for the caller, and no server can know.
        #expect(far.count <= recorded.count / 100, "\(far.prefix(5)) of \(recorded.count)")
    }
}

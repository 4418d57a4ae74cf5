// SPDX-License-Identifier: Apache-2.0
import CallModel
import CallSession
import Testing
import VoiceBridge
import VoiceBridgeTesting

@testable import CallRecords

/// What is recorded is what was said and what was heard, at the same places.
@Suite struct AlignmentTests {
    private static func call(_ length: Duration) -> SimulatedCallConfiguration {
        var call = SimulatedCallConfiguration(.ivrSolutions)
        let count = Int(length.components.seconds) * 8_000
        call.callerAudio = [Int16](repeating: 0, count: count)
        for place in stride(from: 400, to: count, by: 4_001) { call.callerAudio[place] = 30_000 }
        // Every few seconds a key, which stops the bot in the midst of a word.
        call.digits = stride(from: 2_300, to: Int(length.components.seconds) * 1_000 - 1_000, by: 7_130)
            .compactMap { ScheduledDigit("5", at: .milliseconds($0)) }
        call.duration = length
        return call
    }

    @Test func `Half an hour with interruptions is what the caller said and heard, to the sample`() throws {
        var call = Self.call(.seconds(1_800))
        call.frameMilliseconds = 100
        let recording = try VirtualRecording(call, bot: Clicker())
        let summary = try #require(recording.summary)
        #expect(summary.interruptions > 50)
        #expect(recording.result.violations.isEmpty)
        #expect(abs(recording.left.count - 1_800 * 8_000) <= 160)
        let count = min(recording.left.count, call.callerAudio.count)
        #expect(recording.left.prefix(count) == call.callerAudio.prefix(count))
        let heard = recording.result.heard
        let both = min(heard.count, recording.right.count)
        #expect(heard.prefix(both) == recording.right.prefix(both))
        #expect(VirtualRecording.clicks(heard).count > 1_000)
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

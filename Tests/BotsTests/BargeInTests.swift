// SPDX-License-Identifier: Apache-2.0

import CallModel
import CallSession
import Synchronization
import TestSupport
import Testing
import VoiceBridge
import VoiceBridgeTesting

/// Plays one long prompt under a policy, notes how it ended, then plays a short one and returns.
final class Speaker: ConversationHandler {
    var audioFormat: AudioFormat { .linear8kHz }
    let policy: InterruptionPolicy
    private let noted = Mutex<PlaybackOutcome?>(nil)
    var outcome: PlaybackOutcome? { noted.withLock { $0 } }

    init(_ policy: InterruptionPolicy) { self.policy = policy }

    static let long = [Int16](repeating: 1_000, count: 5 * 8_000)
    static let short = [Int16](repeating: -2_000, count: 4_000)

    func converse(on call: Call) async throws {
        guard let long = AudioChunk(samples: Self.long, sampleRate: 8_000),
            let short = AudioChunk(samples: Self.short, sampleRate: 8_000)
        else { return }
        let outcome = try await call.play(Prompt(long), interruption: policy)
        noted.withLock { $0 = outcome }
        try await call.play(Prompt(short), interruption: .protected)
    }
}

@Suite struct BargeInTests {
    static let loud = Tone.samples(of: [Tone(frequency: 700, amplitude: 9_000)], rate: 8_000, count: 8_000)

    /// A second of silence, then a second of a loud voice, then silence.
    static let voice = [Int16](repeating: 0, count: 8_000) + loud + [Int16](repeating: 0, count: 48_000)

    /// 5 s are queued at the platform: the lead is as long as the configuration allows the session, and longer.
    private func play(
        _ speaker: Speaker,
        _ mode: MarkMode = .never,
        options: BotOptions = BotOptions(),
        latency: Duration = .milliseconds(20),
        digits: [ScheduledDigit] = [],
        voice: [Int16] = [Int16](repeating: 0, count: 64_000)
    ) throws -> Conversation {
        try Conversation(speaker, options: options, latency: latency) {
            $0.lead = .seconds(5)
        } _: {
            $0.markMode = mode
            $0.digits = digits
            $0.callerAudio = voice
        }
    }

    @Test(
        "A digit stops five queued seconds at once, and the heard position is right",
        arguments: MarkMode.allCases,
        [0, 20]
    )
    func digit(mode: MarkMode, oneWay: Int) throws {
        let speaker = Speaker(.digitsOnly)
        let latency = Duration.milliseconds(oneWay)
        let key = try #require(ScheduledDigit("5", at: .milliseconds(1_500)))
        for options in [BotOptions(), .marks] {
            let call = try play(speaker, mode, options: options, latency: latency, digits: [key])
            #expect(call.result.violations == [])
            #expect(call.commands == ["audio.clear", "session.hangup"])
            let clear = try #require(call.result.commands.first { $0.type == "audio.clear" })
            #expect(clear.time <= .milliseconds(1_500) + latency * 2)
            let first = try #require(call.result.heard.firstIndex(of: 1_000))
            let last = try #require(call.result.heard.lastIndex(of: 1_000))
            let heard = Duration.nanoseconds(Int64(last + 1 - first) * 125_000)
            guard case .interrupted(let position)? = speaker.outcome else {
                Issue.record("the prompt was not interrupted")
                return
            }
            let error = position > heard ? position - heard : heard - position
            let isMeasured = options == .marks && (mode == .honest || mode == .burst)
            // What is played while a message is under way cannot be known: marks are right to a frame beyond it.
            #expect(error <= (isMeasured ? .milliseconds(20) + latency : .milliseconds(60)))
            #expect(!call.result.heard[(last + 1)...].contains(1_000))
            #expect(call.result.heard.filter { $0 == -2_000 }.count == Speaker.short.count)
        }
    }

    @Test("A voice stops a prompt that may be interrupted, within the debounce and a frame")
    func speech() throws {
        let speaker = Speaker(.allowed)
        let call = try play(speaker, voice: Self.voice)
        let clear = try #require(call.result.commands.first { $0.type == "audio.clear" })
        #expect(clear.time >= .milliseconds(1_000) && clear.time <= .milliseconds(1_000 + 300))
        #expect(call.result.violations == [])
    }

    @Test("A refused interruption changes no sample", arguments: [InterruptionPolicy.digitsOnly, .protected])
    func refused(policy: InterruptionPolicy) throws {
        let quiet = try play(Speaker(policy))
        let loud = try play(Speaker(policy), voice: Self.voice)
        #expect(loud.commands == ["session.hangup"])
        #expect(loud.result.heard.prefix(6 * 8_000).elementsEqual(quiet.result.heard.prefix(6 * 8_000)))
    }
}

// SPDX-License-Identifier: Apache-2.0

import CallModel
import CallSession
import TestSupport
import Testing
import VoiceBridge
import VoiceBridgeTesting

/// Says one prompt and returns.
struct Farewell: ConversationHandler {
    var audioFormat: AudioFormat { .linear8kHz }
    let prompt: Prompt

    func converse(on call: Call) async throws {
        try await call.play(prompt, interruption: .protected)
    }
}

/// Says one prompt and transfers, without waiting for it.
struct Handover: ConversationHandler {
    var audioFormat: AudioFormat { .linear8kHz }
    let prompt: Prompt

    func converse(on call: Call) async throws {
        try await call.say(prompt.audio, interruption: .protected)
        try await call.transfer(to: .extension("204"))
    }
}

@Suite struct GoodbyeTests {
    /// Three seconds, and a part of a frame, in which no sample is silent.
    static let spoken: [Int16] = (0..<24_077).map { index -> Int16 in
        let step = Int16(index % 1_000)
        return index.isMultiple(of: 2) ? 3_000 + step : -4_000 - step
    }
    static var prompt: Prompt {
        get throws { Prompt(try #require(AudioChunk(samples: spoken, sampleRate: 8_000))) }
    }

    @Test(
        "A goodbye is heard to its last sample before the hang-up, in every mark mode",
        arguments: MarkMode.allCases,
        [Duration.zero, .milliseconds(40)]
    )
    func goodbye(mode: MarkMode, latency: Duration) throws {
        for options in [BotOptions(), .marks] {
            let call = try Conversation(Farewell(prompt: try Self.prompt), options: options, latency: latency) {
                $0.markMode = mode
                $0.playoutDelay = .milliseconds(60)
            }
            #expect(call.commands == ["session.hangup"])
            #expect(call.result.violations == [])
            #expect(call.result.playback.cut == 0)
            #expect(call.result.playback.underruns == 0)
            #expect(call.result.endedBy == .bot)
            #expect(call.summary?.reason.side == .bot)
            let first = try #require(call.result.heard.firstIndex(of: Self.spoken[0]))
            #expect(call.result.heard[first...].starts(with: Self.spoken))
            let hangUp = try #require(call.result.commands.first { $0.type == "session.hangup" })
            let end = Duration.nanoseconds(Int64(first + Self.spoken.count) * 125_000)
            let patience: Duration = mode == .late && options == .marks ? .milliseconds(2_500) : .milliseconds(500)
            #expect(hangUp.time >= end && hangUp.time <= end + patience)
        }
    }

    @Test("A transfer waits for what was said, and nothing is said after it", arguments: MarkMode.allCases)
    func transfer(mode: MarkMode) throws {
        for options in [BotOptions(), .marks] {
            let call = try Conversation(Handover(prompt: try Self.prompt), options: options) { $0.markMode = mode }
            #expect(call.commands == ["session.transfer_extension"])
            #expect(call.result.violations == [])
            #expect(call.result.playback.cut == 0)
            let first = try #require(call.result.heard.firstIndex(of: Self.spoken[0]))
            #expect(call.result.heard[first...].starts(with: Self.spoken))
        }
    }

    @Test(
        "A platform that ignores the hang-up is told again, then the socket is closed",
        arguments: [PlatformFault.ignoreHangUpOnce, .ignoreHangUp]
    )
    func ignored(fault: PlatformFault) throws {
        let call = try Conversation(Farewell(prompt: try Self.prompt)) { $0.fault = fault }
        #expect(call.commands == ["session.hangup", "session.hangup"])
        #expect(call.result.endedBy == .bot)
        #expect(call.endCount == 1)
    }
}

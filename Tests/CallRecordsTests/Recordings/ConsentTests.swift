// SPDX-License-Identifier: Apache-2.0
import CallModel
import CallSession
import Testing
import VoiceBridge
import VoiceBridgeTesting

@testable import CallRecords

/// What begins a recording, and what interrupts it.
@Suite struct ConsentTests {
    /// Does one thing, and stays until the caller leaves.
    private struct Does: ConversationHandler {
        var audioFormat: AudioFormat { .linear8kHz }
        let act: @Sendable (Call) async throws -> Void

        func converse(on call: Call) async throws {
            try await act(call)
            try await call.waitUntilEnded()
        }
    }

    /// A caller who is never silent.
    private static func call(digits: [ScheduledDigit] = []) -> SimulatedCallConfiguration {
        var call = SimulatedCallConfiguration(.ivrSolutions)
        call.callerAudio = [Int16](repeating: 25_000, count: 80_000)
        call.digits = digits
        call.duration = .seconds(10)
        return call
    }

    private static func speech(_ milliseconds: Int) -> Prompt {
        Prompt(
            AudioChunk(linear: [Int16](repeating: 22_000, count: 8 * milliseconds), format: .linear8kHz, position: 0)
        )
    }

    /// Waits in virtual time.
    private static func wait(_ call: Call, _ time: Duration) async throws {
        _ = try await call.digits(DigitCollection(firstDigitTimeout: time))
    }

    /// Seconds of the left side, as far as there is sound.
    private static func heard(_ samples: [Int16]) -> Double { Double(samples.count { $0 > 20_000 }) / 8_000 }

    @Test func `Without consent asked for, all is recorded`() throws {
        let recording = try VirtualRecording(Self.call(), bot: Does { _ in })
        #expect(abs(Self.heard(recording.left) - 10) < 0.05)
    }

    @Test func `Recording begins when the announcement was heard to its end`() throws {
        let rules = RecordingRules(consent: .announced(Self.speech(2_000)))
        let recording = try VirtualRecording(
            Self.call(),
            bot: Does { try await $0.play(Self.speech(1_000)) },
            rules: rules
        )
        // The announcement, then what the bot says; the former is no part of the recording.
        #expect(abs(Self.heard(recording.result.heard) - 3) < 0.05)
        #expect(abs(Self.heard(recording.left) - 8) < 0.3)
        #expect(abs(Self.heard(recording.right) - 1) < 0.3)
    }

    @Test func `A caller who leaves before leaves no recording`() throws {
        let rules = RecordingRules(consent: .announced(Self.speech(12_000)))
        let recording = try VirtualRecording(Self.call(), bot: Does { _ in }, rules: rules)
        #expect(recording.left.isEmpty && recording.right.isEmpty)
    }

    @Test func `A bot that asks begins the recording, once`() throws {
        let bot = Does { call in
            #expect(call.recording.awaitsConsent && call.recording.isOffered)
            try await Self.wait(call, .seconds(4))
            try call.recording.begin()
            try await Self.wait(call, .seconds(2))
            try call.recording.begin()
        }
        let rules = RecordingRules(consent: .bot, pausesForDigits: false)
        let recording = try VirtualRecording(Self.call(), bot: bot, rules: rules)
        #expect(abs(Self.heard(recording.left) - 6) < 0.3)
        #expect(abs(Double(recording.left.count) / 8_000 - 6) < 0.3)
    }

    @Test func `A pause is silence of its length on both sides`() throws {
        let bot = Does { call in
            #expect(!call.recording.awaitsConsent && call.recording.isOffered)
            call.recording.pause()
            try await call.play(Self.speech(3_000))
            call.recording.resume()
            try await call.play(Self.speech(2_000))
        }
        let recording = try VirtualRecording(Self.call(), bot: bot)
        #expect(abs(recording.left.count - 80_000) <= 160)
        #expect(abs(Self.heard(recording.left) - 7) < 0.1)
        #expect(recording.left[4_000..<20_000].allSatisfy { $0 == 0 })
        #expect(abs(Self.heard(recording.right) - 2) < 0.3)
        #expect(recording.right[..<20_000].allSatisfy { $0 == 0 })
    }

    @Test(arguments: [true, false])
    func `Keys that are collected are not recorded, unless that is wanted`(pauses: Bool) throws {
        let bot = Does { call in
            try await call.play(Self.speech(1_000))
            _ = try await call.digits(DigitCollection(count: 2, firstDigitTimeout: .seconds(4)))
        }
        let digits = [2_000, 3_000].compactMap { ScheduledDigit("5", at: .milliseconds($0)) }
        let rules = RecordingRules(pausesForDigits: pauses)
        let recording = try VirtualRecording(Self.call(digits: digits), bot: bot, rules: rules)
        // From the end of the announcement to a second after the last key.
        let silent = recording.left.indices.filter { recording.left[$0] == 0 }
        guard pauses else { return #expect(silent.count < 200) }
        let (first, last) = (try #require(silent.first), try #require(silent.last))
        #expect(abs(first - 8_000) < 2_500 && abs(last - 32_000) < 400 && silent.count == last - first + 1)
    }

    @Test func `A route that records nothing says so`() throws {
        let bot = Does { call in
            #expect(!call.recording.isOffered && !call.recording.awaitsConsent)
            #expect(throws: CallError.self) { try call.recording.begin() }
            call.recording.pause()
        }
        let bridge = try VirtualBridge(bot: bot)
        var virtual = VirtualCall(Self.call(), server: bridge)
        #expect(virtual.run().endedAsTold)
    }
}

// SPDX-License-Identifier: Apache-2.0

import TestSupport
import Testing
import VoiceBridge
import VoiceBridgeTesting

@testable import Bots

@Suite("Who answered, and a sound behind a flow's call")
struct FlowDetectionTests {
    private static let ways = """
          human: [{transfer: {phone: "1"}}]
          machine:
            - branch: [{when: who is beep, go: message}]
            - transfer: {phone: "2"}
          message: [{transfer: {phone: "4"}}]
          unknown: [{transfer: {phone: "3"}}]
        """

    private func play(_ steps: String, _ audio: [Int16] = [], _ digits: String = "") throws -> Conversation {
        let folder = try FlowFixture.Folder()
        _ = try folder.write("beep.wav", FlowFixture.beep)
        let bot = try FlowBot(file: try folder.write("flow.yaml", "sections:\n\(steps)".utf8))
        let schedule = digits.isEmpty ? [] : try ScheduledDigit.schedule(digits)
        return try Conversation(bot, options: .marks) {
            $0.callerAudio = audio
            $0.digits = schedule
            $0.duration = .seconds(60)
        }
    }

    /// Where the call went, and when, in milliseconds.
    private func destination(_ call: Conversation) throws -> (phone: String?, time: Int) {
        #expect(call.result.violations == [])
        let last = try #require(call.result.commands.last { $0.type != "mark" })
        return (last["destination"], Int(last.time / .milliseconds(1)))
    }

    enum Answer: CaseIterable {
        case human, machine, beep, nobody

        var expected: (phone: String, times: ClosedRange<Int>) {
            switch self {
            // 1.2 s and the silence of 1.8 s; 3 s of greeting and 5 s without a beep; the beep's end; 3 s of nothing.
            case .human: ("1", 2_800...3_500)
            case .machine: ("2", 8_000...9_000)
            case .beep: ("4", 6_000...6_600)
            case .nobody: ("3", 3_000...3_800)
            }
        }

        func audio() throws -> [Int16] {
            switch self {
            case .human: Self.silence + (try Self.speech(0.8))
            case .machine: Self.silence + (try Self.speech(5))
            case .beep: Self.silence + (try Self.speech(5)) + Self.silence + Self.signal
            case .nobody: []
            }
        }

        private static let silence = [Int16](repeating: 0, count: 3_200)
        private static let tone = Tone(frequency: 1_000, amplitude: 9_000)
        private static let signal = Tone.samples(of: [tone], rate: 8_000, count: 2_400)

        private static func speech(_ seconds: Double) throws -> [Int16] {
            // 11.4 s of speech at 16 kHz, of which every other sample makes do here.
            let speech = try AudioChunk(wav: try #require(BuiltInPrompts.file("greeting-and-menu"))).samples
            return stride(from: 0, to: Int(seconds * 16_000), by: 2).map { speech[$0] }
        }
    }

    @Test(
        "a person, a machine with and without its beep, and nobody lead where the flow says",
        arguments: Answer.allCases
    )
    func listening(answer: Answer) throws {
        let detect = "  a: [{detect: {beep: 5s, into: who, human: human, machine: machine, unknown: unknown}}]\n"
        let (phone, time) = try destination(try play(detect + Self.ways, try answer.audio()))
        #expect(phone == answer.expected.phone)
        #expect(answer.expected.times.contains(time), "\(time)")
    }

    @Test(
        "whoever presses the key is a person, who is asked twice and chooses nothing by it",
        arguments: ["", "1@3.0"]
    )
    func key(digits: String) throws {
        let steps = """
              a:
                - detect: {method: key, play: beep.wav, into: who, machine: machine, unknown: unknown}
                - menu: {timeout: 1s, attempts: 1, keys: {1: unknown}, failed: human}

            """
        let call = try play(steps + Self.ways, [], digits)
        #expect(try destination(call).phone == (digits.isEmpty ? "2" : "1"))
        // Two beeps of 100 ms.
        #expect(call.result.playback.heard == 2 * 800)
    }

    @Test("a sound is behind the call until it is taken away")
    func background() throws {
        let call = try play(
            """
              a:
                - background: {file: beep.wav, gain: -6}
                - menu: {timeout: 2s, attempts: 1, keys: {1: next}, failed: next}
                - background: off
                - menu: {timeout: 2s, attempts: 1, keys: {1: next}, failed: next}
            """
        )
        #expect(call.result.violations == [])
        #expect(call.commands == ["session.hangup"])
        #expect(call.heard(from: 500, to: 1_500).peak > 1_000)
        #expect(call.heard(from: 2_500, to: 3_500).peak == 0)
    }
}

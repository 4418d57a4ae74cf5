// SPDX-License-Identifier: Apache-2.0

import Synchronization
import TestSupport
import Testing

@Suite("The simulated CALLR") struct CALLRPlatformTests {
    /// Answers that the platform's documents do not allow, with a word of what it says of them.
    static let wrong: [(answer: String, words: String)] = [
        ("", "no JSON"), ("[]", "no JSON"), (#"{"command": "hangup"}"#, "no response"),
        (#"{"command": "hangup", "command_id": "1", "params": {}, "variables": {}}"#, "variables"),
        (body("hang_up", "{}"), "no command"), (body("play", "{}"), "lacks media_id"),
        (body("play", #"{"media_id": 0}"#), "no such media_id"),
        (body("play", #"{"media_id": "TTS|Serena|Hi"}"#), "no such media_id"),
        (body("play", #"{"media_id": "TTS|TTS_EN-GB_SERENA|a|b"}"#), "no such media_id"),
        (body("play", #"{"media_id": 1, "loop": 2}"#), "takes no loop"),
        (body("play_wav_data", #"{"audio_data": "%%"}"#), "no such audio_data"),
        (body("read", #"{"media_id": 0, "max_digits": 21, "attempts": 1, "timeout_ms": 100}"#), "max_digits"),
        (body("read", #"{"media_id": 0, "max_digits": 1, "attempts": 11, "timeout_ms": 100}"#), "attempts"),
        (body("read", #"{"media_id": 0, "max_digits": 1, "attempts": 1, "timeout_ms": 99}"#), "timeout_ms"),
        (
            body(
                "dialout",
                #"{"targets": [], "cli": "BLOCKED", "ringtone": "RING", "whisper": 0, "cdr_field": ""}"#
            ), "targets"
        ),
        (body("record", #"{"max_duration": 301, "silence": 0}"#), "max_duration"),
        (body("send_dtmf", #"{"digits": "A", "duration_ms": 1, "timeout_ms": 0}"#), "digits"),
        (body("wait", #"{"seconds": 31}"#), "seconds"),
    ]

    private static func body(_ command: String, _ parameters: String) -> String {
        #"{"command": "\#(command)", "command_id": "1", "params": \#(parameters), "variables": {"a": "1"}}"#
    }

    @Test("finds an answer that is not allowed", arguments: wrong.indices)
    func finds(index: Int) async {
        let (answer, words) = Self.wrong[index]
        var platform = CALLRPlatform(variables: ["a": "1"]) { _ in (200, Array(answer.utf8)) }
        await platform.run(most: 3)
        #expect(platform.violations.contains { $0.contains(words) }, "\(platform.violations)")
    }

    @Test("finds an id that comes twice, another status, a late answer, and two answers to one request")
    func others() async {
        var twice = CALLRPlatform(variables: ["a": "1"]) { _ in (200, Array(Self.body("wait", #"{"seconds": 1}"#).utf8))
        }
        await twice.run(most: 3)
        #expect(twice.violations == ["the id 1 twice"])
        var refused = CALLRPlatform { _ in (503, []) }
        await refused.run(most: 3)
        #expect(refused.violations == ["status 503"])
        let count = Mutex(0)
        var two = CALLRPlatform(manner: .twice, variables: ["a": "1"]) { _ in
            let seconds = count.withLock { count in
                count += 1
                return count
            }
            return (200, Array(Self.body("wait", #"{"seconds": \#(seconds)}"#).utf8))
        }
        await two.run(most: 1)
        #expect(Set(two.violations) == ["the same request got two answers"])
        let clock = HeldClock()
        var late = CALLRPlatform(clock: clock) { _ in
            clock.advance(by: .seconds(6))
            return (200, Array(Self.body("hangup", "{}").utf8))
        }
        await late.run(most: 3)
        #expect(late.violations.contains { $0.hasPrefix("an answer took") })
    }
}

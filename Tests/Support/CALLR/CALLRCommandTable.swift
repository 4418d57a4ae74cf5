// SPDX-License-Identifier: Apache-2.0

internal import Foundation

/// The commands of CALLR's Real-Time and what each takes, typed from the platform's documents.
enum CALLRCommandTable {
    /// What a parameter must be.
    enum Rule {
        case whole(ClosedRange<Int>)
        case text(ClosedRange<Int>)
        case flag
        /// Number of the library or `TTS|voice|text`; 0 where nothing may stand.
        case media(mayBeNone: Bool)
        case base64
        case keys
        case targets
        case callerID
        case word([String])
        case callID
        /// At most 32 letters and digits.
        case recordField
    }

    static let rules: [String: [String: Rule]] = [
        "play": ["media_id": .media(mayBeNone: false)],
        "play_record": ["media_file": .text(1...1_024)],
        "play_wav_data": ["audio_data": .base64],
        "read": [
            "media_id": .media(mayBeNone: true), "max_digits": .whole(1...20), "attempts": .whole(1...10),
            "timeout_ms": .whole(100...30_000),
        ],
        "dialout": [
            "targets": .targets, "cli": .callerID, "ringtone": .word(["RING", "MUSIC"]),
            "whisper": .media(mayBeNone: true), "cdr_field": .recordField,
        ],
        "simple_conference": ["id": .whole(0...Int.max), "auto_leave_when_alone": .flag],
        "conference": ["id": .whole(0...Int.max), "auto_leave_when_alone": .flag],
        "record": ["max_duration": .whole(0...300), "silence": .whole(0...20)],
        "start_call_recording": ["announce": .media(mayBeNone: true)],
        "stop_call_recording": ["announce": .media(mayBeNone: true)],
        "send_dtmf": ["digits": .keys, "duration_ms": .whole(1...5_000), "timeout_ms": .whole(0...10_000)],
        "wait": ["seconds": .whole(1...30)],
        "wait_for_silence": [
            "silence_ms": .whole(1...5_000), "iterations": .whole(1...3), "timeout": .whole(0...300),
        ],
        "play_talk_detect": ["media_id": .media(mayBeNone: false)],
        "hangup": [:],
        "hangup_callid": ["callid": .callID],
    ]

    /// What is wrong with a command's parameters, a line each.
    static func faults(_ command: String, _ parameters: [String: Any]) -> [String] {
        guard let rules = rules[command] else { return ["no command \(command)"] }
        var faults = parameters.keys.filter { rules[$0] == nil }.map { "\(command) takes no \($0)" }
        for (name, rule) in rules {
            guard let value = parameters[name] else {
                faults.append("\(command) lacks \(name)")
                continue
            }
            if !holds(rule, value) { faults.append("\(command) takes no such \(name): \(value)") }
        }
        return faults.sorted()
    }

    private static func holds(_ rule: Rule, _ value: Any) -> Bool {
        switch rule {
        case .whole(let range): (value as? Int).map(range.contains) ?? false
        case .text(let range): (value as? String).map { range.contains($0.utf8.count) } ?? false
        case .flag: value is Bool
        case .media(let mayBeNone): isMedia(value, mayBeNone)
        case .base64: (value as? String).map { !$0.isEmpty && Data(base64Encoded: $0) != nil } ?? false
        case .keys: (value as? String).map { !$0.isEmpty && $0.allSatisfy("0123456789*#".contains) } ?? false
        case .targets: areTargets(value)
        case .callerID: (value as? String).map { $0 == "BLOCKED" || isNumber($0) } ?? false
        case .word(let words): (value as? String).map(words.contains) ?? false
        case .callID: (value as? NSNumber)?.uint64Value ?? 0 > 0
        case .recordField:
            (value as? String).map { text in
                text.count <= 32 && text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) }
            } ?? false
        }
    }

    private static func isMedia(_ value: Any, _ mayBeNone: Bool) -> Bool {
        if let number = value as? Int { return number > 0 || (mayBeNone && number == 0) }
        guard let parts = (value as? String)?.split(separator: "|", omittingEmptySubsequences: false) else {
            return false
        }
        return parts.count == 3 && parts[0] == "TTS" && parts[1].hasPrefix("TTS_") && !parts[2].isEmpty
    }

    private static func areTargets(_ value: Any) -> Bool {
        guard let targets = value as? [[String: Any]], !targets.isEmpty else { return false }
        return targets.allSatisfy { target in
            Set(target.keys) == ["number", "timeout"] && (target["number"] as? String).map(isNumber) == true
                && (target["timeout"] as? Int).map((5...300).contains) == true
        }
    }

    private static func isNumber(_ text: String) -> Bool {
        text.hasPrefix("+") && text.count >= 4 && text.dropFirst().allSatisfy { ("0"..."9").contains($0) }
    }
}

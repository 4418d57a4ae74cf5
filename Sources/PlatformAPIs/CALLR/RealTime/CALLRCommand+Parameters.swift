// SPDX-License-Identifier: Apache-2.0

package import Dialects

extension CALLRCommand {
    /// Longest WAV as Base64, in bytes; a bound of ours, a minute and a half of 16-bit samples at 8 kHz.
    package static let maximumWAVBytes = 2 << 20

    /// The command's `params`.
    ///
    /// - Throws: ``PlatformRequestError`` when one is out of the range that the platform takes.
    package func parameters() throws(PlatformRequestError) -> JSONValue {
        switch self {
        case .play(let media): return .object(["media_id": try sound(media)])
        case .playRecord(let file): return .object(["media_file": try text("media_file", file)])
        case .playWAV(let data):
            guard !data.isEmpty, data.utf8.count <= Self.maximumWAVBytes else {
                throw PlatformRequestError("audio_data", "give 1 to \(Self.maximumWAVBytes) bytes of Base64")
            }
            return .object(["audio_data": .string(data)])
        case .read(let media, let digits, let attempts, let timeout):
            return .object([
                "media_id": try media.value("media_id"), "max_digits": try Self.number("max_digits", digits, 1...20),
                "attempts": try Self.number("attempts", attempts, 1...10),
                "timeout_ms": try Self.number("timeout_ms", timeout, 100...30_000),
            ])
        case .dialOut(let targets, let dialling): return try parameters(targets, dialling)
        case .conference(let id, let leaves, let others): return conference(id, leaves, others)
        case .simpleConference(let id, let leaves): return conference(id, leaves, [:])
        case .record(let seconds, let silence):
            return .object([
                "max_duration": try Self.number("max_duration", seconds, 0...300),
                "silence": try Self.number("silence", silence, 0...20),
            ])
        case .startCallRecording(let media), .stopCallRecording(let media):
            return .object(["announce": try media.value("announce")])
        case .sendDigits(let digits, let milliseconds, let pause):
            guard !digits.isEmpty, digits.allSatisfy({ "0123456789*#".contains($0) }) else {
                throw PlatformRequestError("digits", "give 0-9, * and #")
            }
            return .object([
                "digits": .string(digits), "duration_ms": try Self.number("duration_ms", milliseconds, 1...5_000),
                "timeout_ms": try Self.number("timeout_ms", pause, 0...10_000),
            ])
        case .wait(let seconds): return .object(["seconds": try Self.number("seconds", seconds, 1...30)])
        case .waitForSilence(let milliseconds, let iterations, let timeout):
            return .object([
                "silence_ms": try Self.number("silence_ms", milliseconds, 1...5_000),
                "iterations": try Self.number("iterations", iterations, 1...3),
                "timeout": try Self.number("timeout", timeout, 0...300),
            ])
        case .playTalkDetect(let media, let others):
            return .object(others.merging(["media_id": try sound(media)]) { _, ours in ours })
        case .hangUp: return .object([:])
        case .hangUpCall(let call): return .object(["callid": .number(String(call))])
        }
    }

    private func parameters(_ targets: [Target], _ dialling: Dialling) throws(PlatformRequestError) -> JSONValue {
        try dialling.check()
        return .object([
            "targets": try Target.values(targets), "cli": .string(dialling.callerID),
            "ringtone": .string(dialling.ringtone.rawValue), "whisper": try dialling.whisper.value("whisper"),
            "cdr_field": .string(dialling.recordField),
        ])
    }

    private func conference(_ id: Int, _ leaves: Bool, _ others: [String: JSONValue]) -> JSONValue {
        .object(others.merging(["id": .number(id), "auto_leave_when_alone": .flag(leaves)]) { _, ours in ours })
    }

    /// Whether a number is of E.164 with its `+` (ITU-T E.164 §6.2: at most 15 digits).
    package static func isInternational(_ number: String) -> Bool {
        let digits = number.utf8.dropFirst()
        return number.utf8.first == UInt8(ascii: "+") && (3...15).contains(digits.count)
            && digits.allSatisfy { (0x30...0x39).contains($0) }
    }

    private func sound(_ media: CALLRMedia) throws(PlatformRequestError) -> JSONValue {
        guard media != .none else { throw PlatformRequestError("media_id", "give something to play") }
        return try media.value("media_id")
    }

    private func text(_ field: String, _ text: String) throws(PlatformRequestError) -> JSONValue {
        guard (1...1_024).contains(text.utf8.count) else {
            throw PlatformRequestError(field, "give 1 to 1024 bytes")
        }
        return .string(text)
    }

    private static func number(_ field: String, _ value: Int, _ range: ClosedRange<Int>) throws(PlatformRequestError)
        -> JSONValue
    {
        guard range.contains(value) else {
            throw PlatformRequestError(field, "give \(range.lowerBound) to \(range.upperBound), not \(value)")
        }
        return .number(value)
    }
}

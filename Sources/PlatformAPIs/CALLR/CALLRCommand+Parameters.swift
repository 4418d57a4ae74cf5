// SPDX-License-Identifier: Apache-2.0

package import Dialects

extension CALLRCommand {
    /// The command's `params`.
    ///
    /// - Throws: ``PlatformRequestError`` when one is out of the range that the platform takes.
    package func parameters() throws(PlatformRequestError) -> JSONValue {
        switch self {
        case .play(let media): return .object(["media_id": .string(media)])
        case .playRecord(let file): return .object(["media_file": .string(file)])
        case .playWAV(let data): return .object(["audio_data": .string(data)])
        case .read(let media, let digits, let attempts, let timeout):
            return .object([
                "media_id": .string(media), "max_digits": try number("max_digits", digits, 1...20),
                "attempts": try number("attempts", attempts, 1...10),
                "timeout_ms": try number("timeout_ms", timeout, 100...30_000),
            ])
        case .dialOut(let targets, let callerID):
            guard !targets.isEmpty else { throw PlatformRequestError("targets", "give at least one number") }
            var values: [JSONValue] = []
            for target in targets {
                guard target.number.hasPrefix("+") else { throw PlatformRequestError("number", "begin with +") }
                values.append(
                    .object([
                        "number": .string(target.number), "timeout": try number("timeout", target.timeout, 5...300),
                    ])
                )
            }
            return .object(["targets": .array(values), "cli": .string(callerID)])
        case .conference(let id, let leaves):
            return .object(["id": .string(id), "auto_leave_when_alone": .flag(leaves)])
        case .record(let seconds, let silence):
            return .object([
                "max_duration": try number("max_duration", seconds, 1...300),
                "silence": try number("silence", silence, 0...20),
            ])
        case .sendDigits(let digits, let milliseconds):
            return .object([
                "digits": .string(digits), "duration_ms": try number("duration_ms", milliseconds, 1...5_000),
            ])
        case .wait(let seconds): return .object(["seconds": try number("seconds", seconds, 1...3_600)])
        case .hangUp: return .object([:])
        }
    }

    private func number(_ field: String, _ value: Int, _ range: ClosedRange<Int>) throws(PlatformRequestError)
        -> JSONValue
    {
        guard range.contains(value) else {
            throw PlatformRequestError(field, "give \(range.lowerBound) to \(range.upperBound), not \(value)")
        }
        return .number(value)
    }
}

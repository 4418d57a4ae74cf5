// SPDX-License-Identifier: Apache-2.0

import BridgeConfiguration
import CallModel

/// What recordings are called.
enum RecordingName {
    /// What all files end with.
    static let suffixes = RecordingFormat.allCases.flatMap { [$0.suffix(isSealed: false), $0.suffix(isSealed: true)] }

    /// `2026-03-01/20260301T090507.250Z-CALL-1f2e3d4c.wav`: the day, the time, the call's id as far as a file's name can hold
    /// it, and something that nobody guesses.
    static func make(for id: CallID, at time: Int64, format: RecordingFormat, isSealed: Bool) -> String {
        let text = RecordTime.text(time)
        let moment = text.filter { $0 != "-" && $0 != ":" }
        let shown = id.rawValue.unicodeScalars.prefix(64).map { scalar -> Character in
            let isKept = scalar.isASCII && (scalar.properties.isAlphabetic || scalar.properties.numericType != nil)
            return isKept ? Character(scalar) : "_"
        }
        let random = String(UInt32.random(in: .min ... .max), radix: 16)
        let padding = String(repeating: "0", count: 8 - random.count)
        return "\(text.prefix(10))/\(moment)-\(String(shown))-\(padding)\(random)\(format.suffix(isSealed: isSealed))"
    }
}

extension RecordingFormat {
    /// What files of it end with.
    func suffix(isSealed: Bool) -> String { ".\(rawValue)" + (isSealed ? SealedRecording.suffix : "") }
}

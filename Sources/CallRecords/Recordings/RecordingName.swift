// SPDX-License-Identifier: Apache-2.0

import CallModel

/// What recordings are called.
enum RecordingName {
    /// What the files end with.
    static let suffix = ".wav"

    /// `2026-03-01/20260301T090507.250Z-CALL-1f2e3d4c.wav`: the day, the time, the call's id as far as a file's name can hold
    /// it, and something that nobody guesses.
    static func make(for id: CallID, at time: Int64, isSealed: Bool) -> String {
        let text = RecordTime.text(time)
        let moment = text.filter { $0 != "-" && $0 != ":" }
        let shown = id.rawValue.unicodeScalars.prefix(64).map { scalar -> Character in
            let isKept = scalar.isASCII && (scalar.properties.isAlphabetic || scalar.properties.numericType != nil)
            return isKept ? Character(scalar) : "_"
        }
        let random = String(UInt32.random(in: .min ... .max), radix: 16)
        let padding = String(repeating: "0", count: 8 - random.count)
        let end = isSealed ? SealedRecording.suffix : suffix
        return "\(text.prefix(10))/\(moment)-\(String(shown))-\(padding)\(random)\(end)"
    }
}

// SPDX-License-Identifier: Apache-2.0
import CallModel
import ConfigurationReading
import Foundation

/// Times as a person asks for records by them.
enum RecordTimeArgument {
    /// Milliseconds since 1970 of a day, a time (both UTC), or a time ago; nil when the text is none.
    static func read(_ text: String, now: Int64) -> Int64? {
        if text.hasSuffix("d"), let days = Int64(text.dropLast()), (0...36_500).contains(days) {
            return now - days * 86_400_000
        }
        if let ago = DurationText.read(text) { return now - ago.wholeMilliseconds }
        let day = Date.ISO8601FormatStyle(timeZone: .gmt).year().month().day()
        let styles = [day, Date.ISO8601FormatStyle(), Date.ISO8601FormatStyle(includingFractionalSeconds: true)]
        let date = styles.lazy.compactMap { style -> Date? in
            // A day with anything behind it is none.
            guard let date = try? style.parse(text), style != day || text.count == 10 else { return nil }
            return date
        }
        return date.first.map { Int64(($0.timeIntervalSince1970 * 1_000).rounded()) }
    }
}

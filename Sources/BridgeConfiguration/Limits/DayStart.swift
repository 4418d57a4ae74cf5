// SPDX-License-Identifier: Apache-2.0

/// When the day begins by which minutes are counted (`limits.day_begins`): a time of day in UTC, `HH:MM`.
package struct DayStart: Sendable, Equatable {
    /// Minutes after midnight in UTC, 0…1439.
    package let minutes: Int

    /// Midnight in UTC.
    package static let midnight = DayStart(minutes: 0)

    private init(minutes: Int) { self.minutes = minutes }

    /// The time that a text names; nil when it names none.
    package init?(_ text: String) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, let hours = Self.number(parts[0], below: 24) else { return nil }
        guard let rest = Self.number(parts[1], below: 60) else { return nil }
        minutes = hours * 60 + rest
    }

    private static func number(_ text: Substring, below limit: Int) -> Int? {
        guard text.utf8.count == 2, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        return Int(text).flatMap { $0 < limit ? $0 : nil }
    }

    /// `HH:MM`.
    package var text: String {
        [minutes / 60, minutes % 60].map { $0 < 10 ? "0\($0)" : "\($0)" }.joined(separator: ":")
    }
}

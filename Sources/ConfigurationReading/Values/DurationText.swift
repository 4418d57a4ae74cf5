// SPDX-License-Identifier: Apache-2.0
internal import CallModel

/// Times as a configuration has them: a whole number and `ms`, `s`, `m` or `h`.
package enum DurationText {
    private static let units: [(name: String, milliseconds: Int64)] = [
        ("h", 3_600_000), ("m", 60_000), ("s", 1_000), ("ms", 1),
    ]

    /// The time that a text names, up to 1,000,000 of any unit; nil when it names none.
    package static func read(_ text: String) -> Duration? {
        let digits = text.utf8.prefix { (0x30...0x39).contains($0) }
        guard (1...7).contains(digits.count), let count = Int64(String(decoding: digits, as: UTF8.self)) else {
            return nil
        }
        let suffix = String(text.dropFirst(digits.count))
        guard count <= 1_000_000, let unit = units.first(where: { $0.name == suffix }) else { return nil }
        return .milliseconds(count * unit.milliseconds)
    }

    /// A time in the largest unit that gives a whole number; parts of a millisecond are cut.
    package static func write(_ duration: Duration) -> String {
        let milliseconds = duration.wholeMilliseconds
        guard milliseconds != 0 else { return "0s" }
        for unit in units where milliseconds % unit.milliseconds == 0 {
            return "\(milliseconds / unit.milliseconds)\(unit.name)"
        }
        return "\(milliseconds)ms"
    }

    /// Whether a time is a whole number of steps.
    package static func isMultiple(_ duration: Duration, of step: Duration) -> Bool {
        step.wholeNanoseconds > 0 && duration.wholeNanoseconds % step.wholeNanoseconds == 0
    }
}

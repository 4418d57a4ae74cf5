// SPDX-License-Identifier: Apache-2.0

/// A key that the caller presses.
public struct ScheduledDigit: Sendable, Hashable {
    /// A schedule that cannot be read.
    public struct Fault: Error, Equatable, CustomStringConvertible {
        /// What is wrong and what is right.
        public let description: String
    }

    /// The key: one of `0-9*#A-D`.
    public let digit: Character
    /// When, counted from the `start` message.
    public let time: Duration

    /// A key at a time; nil for a key that no telephone has.
    public init?(_ digit: Character, at time: Duration) {
        guard "0123456789*#ABCD".contains(digit), time >= .zero else { return nil }
        self.digit = digit
        self.time = time
    }

    /// Reads `1@2.0,#@3.5`: keys with the seconds after `start`, in any order.
    public static func schedule(_ text: String) throws(Fault) -> [ScheduledDigit] {
        var digits: [ScheduledDigit] = []
        for item in text.split(separator: ",", omittingEmptySubsequences: false) {
            let parts = item.split(separator: "@", omittingEmptySubsequences: false)
            guard parts.count == 2, parts[0].count == 1, let key = parts[0].first, let seconds = Double(parts[1]),
                (0...86_400).contains(seconds), let digit = ScheduledDigit(key, at: .seconds(seconds))
            else {
                throw Fault(
                    description: "'\(item)' is no key with a time; write DIGIT@SECONDS, such as 1@2.0, the digit one "
                        + "of 0-9 * # A-D"
                )
            }
            digits.append(digit)
        }
        return digits.sorted { $0.time < $1.time }
    }
}

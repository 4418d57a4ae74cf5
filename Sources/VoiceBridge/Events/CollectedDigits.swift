// SPDX-License-Identifier: Apache-2.0

/// The digits that a collection brought, and why it ended.
public struct CollectedDigits: Sendable, Equatable {
    /// Why a collection ended.
    public enum Completion: String, Sendable {
        /// The wanted number of digits came.
        case count
        /// The terminator came.
        case terminator
        /// No digit came in time.
        case noInput
        /// No further digit came in time.
        case interDigitTimeout
    }

    /// The digits, without the terminator.
    public var digits: String
    /// Why collecting ended.
    public var completion: Completion

    package init(digits: String, completion: Completion) {
        self.digits = digits
        self.completion = completion
    }
}

extension CollectedDigits: CustomStringConvertible, CustomDebugStringConvertible {
    /// How many digits came, and why it ended: fit for a log, where no digit belongs.
    public var description: String { "\(digits.count) digits (\(completion.rawValue))" }
    /// How many digits came, and why it ended.
    public var debugDescription: String { description }
}

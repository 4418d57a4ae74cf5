// SPDX-License-Identifier: Apache-2.0

public import CallModel

/// What digits to wait for.
public struct DigitCollection: Sendable, Equatable {
    /// The most digits to take, 1–64; collecting ends with the last of them.
    public var count: Int
    /// A key that ends collecting and is not part of the result.
    public var terminator: DTMFDigit?
    /// How long to wait for the first digit once the caller has heard everything said.
    public var firstDigitTimeout: Duration
    /// How long to wait for each further digit.
    public var interDigitTimeout: Duration
    /// Whether digits pressed before collecting began count; when false, they are thrown away.
    public var takesTypeAhead: Bool

    /// What digits to wait for.
    ///
    /// - Parameters:
    ///   - count: the most digits to take; held to 1–64.
    ///   - terminator: a key that ends collecting.
    ///   - firstDigitTimeout: wait for the first digit, from the end of playout.
    ///   - interDigitTimeout: wait for each further digit.
    ///   - takesTypeAhead: whether digits pressed earlier count.
    public init(
        count: Int = 1,
        terminator: DTMFDigit? = nil,
        firstDigitTimeout: Duration = .seconds(5),
        interDigitTimeout: Duration = .seconds(3),
        takesTypeAhead: Bool = true
    ) {
        self.count = min(64, max(1, count))
        self.terminator = terminator
        self.firstDigitTimeout = firstDigitTimeout
        self.interDigitTimeout = interDigitTimeout
        self.takesTypeAhead = takesTypeAhead
    }
}

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

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
    /// How often to wait for a caller who presses nothing, 1–10.
    public var attempts: Int
    /// What is played before each attempt but the first; keys pressed meanwhile stop it and count.
    public var reprompt: Prompt?

    /// What digits to wait for.
    ///
    /// - Parameters:
    ///   - count: the most digits to take; held to 1–64.
    ///   - terminator: a key that ends collecting.
    ///   - firstDigitTimeout: wait for the first digit, from the end of playout.
    ///   - interDigitTimeout: wait for each further digit.
    ///   - takesTypeAhead: whether digits pressed earlier count.
    ///   - attempts: how often to wait for a caller who presses nothing; held to 1–10.
    ///   - reprompt: what is played before each attempt but the first.
    public init(
        count: Int = 1,
        terminator: DTMFDigit? = nil,
        firstDigitTimeout: Duration = .seconds(5),
        interDigitTimeout: Duration = .seconds(3),
        takesTypeAhead: Bool = true,
        attempts: Int = 1,
        reprompt: Prompt? = nil
    ) {
        self.count = min(64, max(1, count))
        self.terminator = terminator
        self.firstDigitTimeout = firstDigitTimeout
        self.interDigitTimeout = interDigitTimeout
        self.takesTypeAhead = takesTypeAhead
        self.attempts = min(10, max(1, attempts))
        self.reprompt = reprompt
    }
}

// SPDX-License-Identifier: Apache-2.0

/// One key of a telephone: `0`–`9`, `*`, `#` or `A`–`D` (ITU-T Q.23).
public struct DTMFDigit: Hashable, Sendable {
    /// The key's character, upper-case.
    public let character: Character

    /// A key, or nil when the character is none; lower-case `a`–`d` are taken too.
    public init?(_ character: Character) {
        guard let upper = character.uppercased().first, "0123456789*#ABCD".contains(upper) else { return nil }
        self.character = upper
    }
}

extension DTMFDigit: CustomStringConvertible {
    /// The key's character.
    public var description: String { String(character) }
}

/// Keys to send down the line: 1 to 32 of `0`–`9`, `*`, `#`, `A`–`D`.
public struct DTMFString: Hashable, Sendable {
    /// The keys in order.
    public let digits: [DTMFDigit]

    /// Keys from text, or nil when it is empty, longer than 32 or holds anything that is no key.
    public init?(_ text: some StringProtocol) {
        let digits = text.compactMap(DTMFDigit.init)
        guard digits.count == text.count, (1...32).contains(digits.count) else { return nil }
        self.digits = digits
    }
}

extension DTMFString: CustomStringConvertible {
    /// The keys as text, such as `12#`.
    public var description: String { String(digits.map(\.character)) }
}

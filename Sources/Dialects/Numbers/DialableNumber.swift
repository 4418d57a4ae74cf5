// SPDX-License-Identifier: Apache-2.0

/// A telephone number as a platform takes it: 1 to 20 digits with an optional leading `+`.
package struct DialableNumber: Equatable {
    /// The most digits; E.164 allows 15, and an access code may stand before them.
    static let maximumDigits = 20

    /// The number without spaces and hyphens.
    package let text: String

    /// Reads a number; spaces and hyphens are removed, and nil is the answer to anything else.
    package init?(_ text: String) {
        let kept = text.utf8.filter { $0 != ASCII.space && $0 != ASCII.minus }
        let digits = kept.first == ASCII.plus ? kept.dropFirst() : kept[...]
        guard (1...Self.maximumDigits).contains(digits.count), digits.allSatisfy(ASCII.isDigit) else { return nil }
        self.text = String(decoding: kept, as: UTF8.self)
    }
}

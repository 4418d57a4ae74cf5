// SPDX-License-Identifier: Apache-2.0

/// Numbers that platforms send as text.
enum DecimalText {
    /// The whole number that a decimal text says, such as `8000` or `8000.0`; nil for anything else.
    static func wholeNumber(_ text: String) -> Int? {
        let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        guard let whole = parts.first, !whole.isEmpty, whole.utf8.count <= 18, whole.utf8.allSatisfy(ASCII.isDigit)
        else { return nil }
        if parts.count == 2 {
            guard !parts[1].isEmpty, parts[1].utf8.allSatisfy({ $0 == ASCII.zero }) else { return nil }
        }
        return Int(whole)
    }
}

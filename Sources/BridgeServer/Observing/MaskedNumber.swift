// SPDX-License-Identifier: Apache-2.0

/// Telephone numbers as they are shown to people who have no need to know them.
package enum MaskedNumber {
    /// A telephone number with all but its last four digits hidden: enough to tell calls apart; `-` when there is none.
    package static func text(_ number: String?) -> String {
        guard let number, !number.isEmpty else { return "-" }
        let shown = number.suffix(number.count > 8 ? 4 : 0)
        return String(repeating: "*", count: min(16, number.count - shown.count)) + shown
    }
}

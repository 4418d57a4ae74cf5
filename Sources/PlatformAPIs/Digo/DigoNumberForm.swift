// SPDX-License-Identifier: Apache-2.0

internal import Dialects

/// How Digo's platform of a country wants numbers.
package enum DigoNumberForm: String, Sendable, CaseIterable {
    /// Ten digits, as India's platform wants them.
    case national
    /// With the country's code before it, as the platform of the USA wants them.
    case international

    /// A number in this form; nil when it has none.
    package func written(_ number: String) -> String? {
        switch self {
        case .international:
            guard let text = DialableNumber(number)?.text, text.hasPrefix("+") || text.utf8.count > 10,
                !text.hasPrefix("0")
            else { return nil }
            return text
        case .national:
            guard let full = NumberingPlan.india.normalized(number), full.hasPrefix("+91"), full.utf8.count == 13 else {
                return nil
            }
            return String(full.dropFirst(3))
        }
    }

    /// What to do about a number that has no such form.
    var advice: String {
        switch self {
        case .national: "give an Indian number of ten digits"
        case .international: "give the number with its country's code"
        }
    }
}

// SPDX-License-Identifier: Apache-2.0

/// A country whose national numbers can be written internationally (ITU-T E.164).
package enum NumberingPlan: String, Sendable, CaseIterable {
    /// India, +91: national numbers of ten digits, `0` before them on trunk calls.
    case india = "IN"

    /// The number as `+` and digits, or nil when it does not have a form that the plan knows.
    ///
    /// Known are, once spaces, hyphens, points and brackets are taken out: `+` and 8 to 15 digits; ten digits;
    /// `0` and ten digits; the country's code and ten digits.
    package func normalized(_ number: String) -> String? {
        let kept = number.utf8.filter { byte in !" -.()".utf8.contains(byte) }
        let isInternational = kept.first == ASCII.plus
        let digits = isInternational ? kept.dropFirst() : kept[...]
        guard digits.allSatisfy(ASCII.isDigit) else { return nil }
        if isInternational { return (8...15).contains(digits.count) ? text(digits) : nil }
        return switch digits.count {
        case 10 where digits.first != ASCII.zero: text(countryCode + digits)
        case 11 where digits.first == ASCII.zero: text(countryCode + digits.dropFirst())
        case 12 where digits.starts(with: countryCode): text(digits)
        default: nil
        }
    }

    private var countryCode: [UInt8] {
        switch self {
        case .india: Array("91".utf8)
        }
    }

    private func text(_ digits: some Sequence<UInt8>) -> String { "+" + String(decoding: Array(digits), as: UTF8.self) }
}

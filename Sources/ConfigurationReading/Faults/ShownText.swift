// SPDX-License-Identifier: Apache-2.0

/// Text of a file as a message shows it: in backticks, on one line, bounded.
package enum ShownText {
    /// Characters of a text that are shown.
    package static let limit = 48

    /// `text` between backticks, control characters as `?`, cut to ``limit`` characters.
    package static func quoted(_ text: String) -> String { "`\(bounded(text))`" }

    /// `text` on one line, control characters as `?`, cut to ``limit`` characters.
    package static func bounded(_ text: String) -> String {
        var shown = ""
        for (count, scalar) in text.unicodeScalars.enumerated() {
            if count == limit { return shown + "…" }
            let isControl = scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value)
            let isBreak = scalar.value == 0x2028 || scalar.value == 0x2029
            shown.unicodeScalars.append(isControl || isBreak ? "?" : scalar)
        }
        return shown
    }

    /// `a, b or c`.
    package static func choices(_ names: [String]) -> String {
        guard let last = names.last else { return "nothing" }
        let first = names.dropLast().joined(separator: ", ")
        return first.isEmpty ? last : "\(first) or \(last)"
    }
}

// SPDX-License-Identifier: Apache-2.0

/// A pattern of text: `*` stands for any characters or none, `?` for one; everything else stands for itself.
package struct FlowPattern: Sendable, Equatable {
    /// The pattern as it is written, at most 64 characters.
    package let source: String

    /// A pattern; nil when it is empty or too long.
    package init?(_ source: String) {
        guard (1...64).contains(source.count) else { return nil }
        self.source = source
    }

    /// Whether a whole text fits.
    ///
    /// The time grows with the product of both lengths at most.
    package func matches(_ text: String) -> Bool {
        let pattern = Array(source)
        let text = Array(text)
        var (inPattern, inText) = (0, 0)
        // Where the last star stands, and how much of the text it has taken.
        var star: (pattern: Int, text: Int)?
        while inText < text.count {
            if inPattern < pattern.count, pattern[inPattern] == "*" {
                star = (inPattern, inText)
                inPattern += 1
            } else if inPattern < pattern.count, pattern[inPattern] == "?" || pattern[inPattern] == text[inText] {
                inPattern += 1
                inText += 1
            } else if let last = star {
                star = (last.pattern, last.text + 1)
                (inPattern, inText) = (last.pattern + 1, last.text + 1)
            } else {
                return false
            }
        }
        return pattern[inPattern...].allSatisfy { $0 == "*" }
    }
}

// SPDX-License-Identifier: Apache-2.0

/// What is wrong with a text or a condition of a flow; what to do.
package struct FlowTextError: Error, Sendable, Equatable, CustomStringConvertible {
    /// What is wrong; what to do.
    package let description: String

    init(_ description: String) { self.description = description }
}

extension FlowText {
    /// Longest text of a file, in bytes, and how many variables may stand in it.
    static let maximumBytes = 16_384
    static let maximumVariables = 200

    /// Text as a file has it.
    package init(_ source: String) throws(FlowTextError) {
        guard source.utf8.count <= Self.maximumBytes else {
            throw FlowTextError("is longer than \(Self.maximumBytes) bytes; use several steps")
        }
        var parts: [Part] = []
        var rest = source[...]
        while let open = rest.firstRange(of: "{{") {
            if open.lowerBound > rest.startIndex { parts.append(.text(String(rest[..<open.lowerBound]))) }
            rest = rest[open.upperBound...]
            guard let close = rest.firstRange(of: "}}") else {
                throw FlowTextError("has `{{` without `}}`; close it")
            }
            parts.append(.variable(try Self.reference(rest[..<close.lowerBound])))
            rest = rest[close.upperBound...]
        }
        if !rest.isEmpty { parts.append(.text(String(rest))) }
        self.init(parts: parts)
        guard variables.count <= Self.maximumVariables else {
            throw FlowTextError("has more than \(Self.maximumVariables) variables; use several steps")
        }
    }

    private static func reference(_ source: Substring) throws(FlowTextError) -> Reference {
        var words = try FlowWords(source)
        guard let name = words.take(), !name.isQuoted, FlowVariables.isName(name.text) else {
            throw FlowTextError("has `{{…}}` that names no variable; write `{{name}}`")
        }
        var reference = Reference(name: name.text)
        if words.take("or") {
            guard let fallback = words.take(), fallback.isQuoted else {
                throw FlowTextError("has `or` without a text behind it; write `{{\(name.text) or \"nobody\"}}`")
            }
            reference.fallback = fallback.text
        }
        for (word, sign) in [("plus", 1), ("minus", -1)] where words.take(word) {
            guard let number = words.take().flatMap({ Int($0.text) }), (0...1_000_000).contains(number) else {
                throw FlowTextError("has `\(word)` without a whole number; write `{{\(name.text) \(word) 1}}`")
            }
            reference.addend = (reference.addend ?? 0) + sign * number
        }
        if words.take("as") {
            guard words.take("digits") else {
                throw FlowTextError("has `as` without `digits`; write `{{\(name.text) as digits}}`")
            }
            reference.spelled = true
        }
        if let word = words.take() {
            let wanted = "`or \"TEXT\"`, `plus N`, `minus N` and `as digits`"
            throw FlowTextError(
                "has `\(word.text)` in `{{…}}`; behind the name there may stand, in this order, \(wanted)"
            )
        }
        return reference
    }
}

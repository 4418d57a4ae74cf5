// SPDX-License-Identifier: Apache-2.0

/// A condition on variables, such as `age >= 18 and day in monday, tuesday`.
///
/// - `NAME is VALUE`, `NAME is not VALUE`, also `==` and `!=`: the same text, letter by letter.
/// - `NAME is empty`, `NAME is digits` (only 0–9, at least one), `NAME is number`; each also with `not`.
/// - `NAME in VALUE, VALUE, …`: one of them.
/// - `NAME matches PATTERN`: see ``FlowPattern``.
/// - `NAME < NUMBER`, `<=`, `>`, `>=`: false when the variable holds no number.
///
/// `not` stands before a test, `and` binds more tightly than `or`. A value is a word or a text in quotes and may hold
/// variables; `"empty"` in quotes is the word.
package struct FlowCondition: Sendable, Equatable, CustomStringConvertible {
    /// The condition as it is written.
    package let description: String
    let root: Node

    /// What a condition is made of.
    indirect enum Node: Sendable, Equatable {
        case any([Node])
        case all([Node])
        case not(Node)
        case test(variable: String, Test)
    }

    /// What is asked of one variable.
    enum Test: Sendable, Equatable {
        case equals(FlowText)
        case isEmpty
        case isDigits
        case isNumber
        case isOneOf([FlowText])
        case matches(FlowPattern)
        case compares(Comparison, FlowText)
    }

    /// How two numbers are compared.
    enum Comparison: String, Sendable {
        case less = "<"
        case atMost = "<="
        case more = ">"
        case atLeast = ">="

        func holds(_ left: Double, _ right: Double) -> Bool {
            switch self {
            case .less: left < right
            case .atMost: left <= right
            case .more: left > right
            case .atLeast: left >= right
            }
        }
    }

    /// Whether it holds.
    package func holds(_ variables: [String: String]) -> Bool { root.holds(variables) }

    /// The variables that it reads.
    package var variables: [String] { root.variables }
}

extension FlowCondition.Node {
    fileprivate func holds(_ variables: [String: String]) -> Bool {
        switch self {
        case .any(let nodes): nodes.contains { $0.holds(variables) }
        case .all(let nodes): nodes.allSatisfy { $0.holds(variables) }
        case .not(let node): !node.holds(variables)
        case .test(let name, let test): test.holds(variables[name] ?? "", variables)
        }
    }

    fileprivate var variables: [String] {
        switch self {
        case .any(let nodes), .all(let nodes): nodes.flatMap(\.variables)
        case .not(let node): node.variables
        case .test(let name, .equals(let text)), .test(let name, .compares(_, let text)): [name] + text.variables
        case .test(let name, .isOneOf(let texts)): [name] + texts.flatMap(\.variables)
        case .test(let name, _): [name]
        }
    }
}

extension FlowCondition.Test {
    fileprivate func holds(_ value: String, _ variables: [String: String]) -> Bool {
        switch self {
        case .equals(let text): return value == text.filled(variables)
        case .isEmpty: return value.isEmpty
        case .isDigits: return !value.isEmpty && value.utf8.allSatisfy { (0x30...0x39).contains($0) }
        case .isNumber: return Double(value)?.isFinite ?? false
        case .isOneOf(let texts): return texts.contains { $0.filled(variables) == value }
        case .matches(let pattern): return pattern.matches(value)
        case .compares(let comparison, let text):
            guard let left = Double(value), let right = Double(text.filled(variables)) else { return false }
            return comparison.holds(left, right)
        }
    }
}

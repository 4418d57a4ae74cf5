// SPDX-License-Identifier: Apache-2.0

extension FlowCondition {
    /// A condition as a file has it, at most 1,024 characters.
    package init(_ source: String) throws(FlowTextError) {
        guard source.count <= 1_024 else {
            throw FlowTextError("is longer than 1,024 characters; use several branches")
        }
        var words = try FlowWords(source[...])
        var alternatives: [Node] = []
        repeat {
            var parts: [Node] = []
            repeat { parts.append(try Self.test(&words)) } while words.take("and")
            alternatives.append(parts.count == 1 ? parts[0] : .all(parts))
        } while words.take("or")
        if let word = words.take() {
            throw FlowTextError(
                "has `\(word.text)` behind a whole condition; put `and` or `or` between two, quotes around texts"
            )
        }
        description = source
        root = alternatives.count == 1 ? alternatives[0] : .any(alternatives)
    }

    private static func test(_ words: inout FlowWords) throws(FlowTextError) -> Node {
        var isNegated = false
        while words.take("not") { isNegated.toggle() }
        guard let name = words.take(), !name.isQuoted else {
            throw FlowTextError("lacks a variable's name; write such as `day is monday`")
        }
        guard FlowVariables.isName(name.text) else {
            throw FlowTextError(
                "begins with `\(name.text)`, which is no variable's name; write such as `day is monday`"
            )
        }
        var test: Test
        guard let verb = words.take() else { throw missingVerb(name.text) }
        switch verb.text {
        case "is", "==", "!=":
            if verb.text == "!=" { isNegated.toggle() }
            if verb.text == "is", words.take("not") { isNegated.toggle() }
            switch words.next {
            case FlowWords.Word(text: "empty") where verb.text == "is": test = .isEmpty
            case FlowWords.Word(text: "digits") where verb.text == "is": test = .isDigits
            case FlowWords.Word(text: "number") where verb.text == "is": test = .isNumber
            default: test = .equals(FlowText(constant: ""))
            }
            if case .equals = test { test = .equals(try value(&words)) } else { _ = words.take() }
        case "in":
            var values: [FlowText] = []
            repeat { values.append(try value(&words)) } while words.take(",")
            test = .isOneOf(values)
        case "matches":
            guard let pattern = words.take().flatMap({ FlowPattern($0.text) }) else {
                throw FlowTextError(
                    "has `matches` without a pattern of up to 64 characters; write such as `number matches 09*`"
                )
            }
            test = .matches(pattern)
        default:
            guard let comparison = Comparison(rawValue: verb.text) else { throw missingVerb(name.text) }
            let limit = try value(&words)
            if let constant = limit.constant, Double(constant) == nil {
                throw FlowTextError("compares with `\(constant)`, which is no number; use `is` for texts")
            }
            test = .compares(comparison, limit)
        }
        let node = Node.test(variable: name.text, test)
        return isNegated ? .not(node) : node
    }

    private static func value(_ words: inout FlowWords) throws(FlowTextError) -> FlowText {
        guard let word = words.take(), word.isQuoted || word.text != "," else {
            throw FlowTextError("lacks a value; write a word, or a text in quotes")
        }
        return try FlowText(word.text)
    }

    private static func missingVerb(_ name: String) -> FlowTextError {
        FlowTextError(
            "does not say what `\(name)` shall be; use `is`, `is not`, `in`, `matches`, `<`, `<=`, `>` or `>=`"
        )
    }
}

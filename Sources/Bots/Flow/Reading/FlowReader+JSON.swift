// SPDX-License-Identifier: Apache-2.0

internal import ConfigurationReading
internal import Yams

extension FlowReader {
    /// Values of the JSON of one request.
    private static let maximumJSONValues = 1_000

    /// A JSON value as YAML has it: plain numbers, `true`, `false` and `null` are those, all else is text with variables.
    mutating func readJSON(_ node: ConfigurationNode, depth: Int, count: inout Int) -> FlowJSON {
        count += 1
        guard count <= Self.maximumJSONValues else {
            if count == Self.maximumJSONValues + 1 {
                node.report("comes after \(Self.maximumJSONValues) values; a request carries no more")
            }
            return .literal("null")
        }
        guard depth < 16 else {
            node.report("is nested more than 16 levels deep; flatten it")
            return .literal("null")
        }
        if node.isList { return .list((node.elements() ?? []).map { readJSON($0, depth: depth + 1, count: &count) }) }
        if case .some = node.mapping {
            let entries = MappingReader(node)?.entries ?? []
            return .object(
                entries.map { .init(key: $0.key, value: readJSON($0.value, depth: depth + 1, count: &count)) }
            )
        }
        if node.isNull { return .literal("null") }
        if let literal = node.plainText, Self.isLiteral(literal) { return .literal(literal) }
        return .text(template(node, allowsEmpty: true) ?? FlowText(constant: ""))
    }

    /// Whether a plain text is a number, `true` or `false` of JSON (RFC 8259 §3, §6).
    private static func isLiteral(_ text: String) -> Bool {
        if text == "true" || text == "false" { return true }
        var rest = text.utf8[...]
        func digits() -> Int {
            let run = rest.prefix { (0x30...0x39).contains($0) }
            rest = rest.dropFirst(run.count)
            return run.count
        }
        if rest.first == 0x2D { rest = rest.dropFirst() }
        let startsWithZero = rest.first == 0x30
        let whole = digits()
        guard whole > 0, whole == 1 || !startsWithZero, text.utf8.count <= 32 else { return false }
        if rest.first == 0x2E {
            rest = rest.dropFirst()
            guard digits() > 0 else { return false }
        }
        return rest.isEmpty
    }

    /// Fields of a form, whose names may be anything.
    mutating func readForm(_ node: ConfigurationNode) -> [FlowAssignment]? {
        guard let mapping = fields(node) else { return nil }
        return mapping.entries.compactMap { entry in
            template(entry.value, allowsEmpty: true).map { FlowAssignment(variable: entry.key, value: $0) }
        }
    }
}

extension ConfigurationNode {
    /// The mapping that is written here, if it is one.
    var mapping: Node.Mapping? { node.mapping }

    /// Whether a list is written here.
    var isList: Bool {
        guard case .sequence = node else { return false }
        return true
    }

    /// The text as it is written, if it stands without quotes.
    var plainText: String? {
        guard case .scalar(let scalar) = node, scalar.style == .plain else { return nil }
        return scalar.string
    }
}

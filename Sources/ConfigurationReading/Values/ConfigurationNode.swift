// SPDX-License-Identifier: Apache-2.0
package import Yams

/// A value of the file under its path, ready to be read as what a setting wants.
///
/// Every reading either gives a value or reports one fault and gives nil, so that a caller goes on with the default and
/// all faults of a file are found in one go.
package struct ConfigurationNode {
    /// The key, such as `routes[1].path`; empty for the whole file.
    package let path: String
    /// Where the value stands; of an alias, where the alias stands.
    package let mark: SourceMark
    /// The document it stands in, for its aliases.
    package let document: ConfigurationDocument?
    /// Takes its faults.
    package let context: ReadingContext
    /// The value itself, never an alias.
    package let node: Node
    /// Whether this is an alias to nothing or one value too many, which was reported already.
    package let isBroken: Bool

    /// The value of a tree's node, an alias followed.
    package init(_ node: Node, path: String, document: ConfigurationDocument?, context: ReadingContext) {
        self.path = path
        self.document = document
        self.context = context
        mark = SourceMark(node.mark)
        let isAlias = ConfigurationDocument.aliasName(of: node) != nil
        let target = isAlias ? document?.anchored[mark] : node
        let isCounted = context.countValue(path: path, mark: mark)
        isBroken = target == nil || !isCounted
        self.node = isCounted ? target ?? node : Node("", .implicit, .plain)
    }

    /// What stands for a key that is not written in a mapping: nothing, at the mapping's own place.
    package init(absent key: String, in mapping: ConfigurationNode) {
        path = Self.join(mapping.path, key)
        document = nil
        context = mapping.context
        mark = mapping.mark
        isBroken = false
        node = Node("", .implicit, .plain)
    }

    /// A value below this one.
    package func child(_ node: Node, path: String) -> ConfigurationNode {
        ConfigurationNode(node, path: path, document: document, context: context)
    }

    /// Whether nothing is written here, `~` or `null`.
    package var isNull: Bool {
        guard case .scalar(let scalar) = node, scalar.style == .plain else { return false }
        return ["", "~", "null", "Null", "NULL"].contains(scalar.string)
    }

    /// Reports a fault of this value.
    package func report(_ message: String) {
        guard !isBroken else { return }
        context.report(message, path: path, mark: mark)
    }

    /// The elements of a list; nil, and a fault, when it is none or has more than `limit`.
    package func elements(limit: Int = 1_000) -> [ConfigurationNode]? {
        guard case .sequence(let sequence) = node else {
            report(isNull ? "is empty; give a list, or remove the key" : "is not a list; write each entry after `- `")
            return nil
        }
        guard sequence.count <= limit else {
            report("has \(sequence.count) entries; at most \(limit) are allowed")
            return nil
        }
        return sequence.enumerated().map { child($0.element, path: "\(path)[\($0.offset)]") }
    }

    /// A path with one more key.
    package static func join(_ path: String, _ key: String) -> String {
        let shown = ShownText.bounded(key)
        return path.isEmpty ? shown : "\(path).\(shown)"
    }

    /// The text of a key; nil for an alias, a list or a mapping.
    package static func keyText(of key: Node) -> String? {
        guard case .scalar(let scalar) = key, ConfigurationDocument.aliasName(of: key) == nil else { return nil }
        return ConfigurationDocument.text(of: scalar)
    }
}

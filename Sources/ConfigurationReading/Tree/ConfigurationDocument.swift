// SPDX-License-Identifier: Apache-2.0
package import Yams

/// A YAML text as a tree whose every node knows its place.
///
/// Aliases (`*name`) stay single nodes and are followed only where a setting is read. Yams would put the anchor's whole
/// tree in each place before anybody has looked, and would compare such trees when they are keys: a few hundred bytes
/// could take all memory or all day. So it never sees an alias: before it parses, ``aliasMarker`` takes the place of
/// the `*`. Keys that are given twice, at which Yams gives up, are renamed in the same way and reported with the rest.
package struct ConfigurationDocument {
    /// The top of the tree; nil when the text holds no value.
    package let root: Node?
    /// What the aliases stand for, by their places.
    package let anchored: [SourceMark: Node]
    /// Original names of keys that were given twice and renamed.
    package let renamedKeys: [String: String]
    /// Anchors of nodes are weak references that the parser keeps alive.
    private let parser: Parser

    /// Largest text that is read, in bytes.
    package static let maximumBytes = 1 << 20
    /// Stands for the `*` of everything that may be an alias; from the private use area of Unicode.
    package static let aliasMarker: Unicode.Scalar = "\u{E000}"

    /// The tree of `text`; faults that leave a tree go to `context`.
    package init(_ text: String, context: ReadingContext) throws(ConfigurationFault) {
        guard text.utf8.count <= Self.maximumBytes else {
            throw .whole("has \(text.utf8.count) bytes; a configuration may have \(Self.maximumBytes)")
        }
        var scalars = Array(text.unicodeScalars)
        guard !scalars.contains(where: { (0xE000...0xF8FF).contains($0.value) }) else {
            throw .whole("holds characters of Unicode's private use area; take them out")
        }
        Self.hideAliases(in: &scalars)
        let parsed = try DuplicateKeys.parse(&scalars)
        (parser, root, renamedKeys) = (parsed.parser, parsed.root, parsed.renamedKeys)
        var walk = AnchorWalk(context: context, renamedKeys: renamedKeys)
        if let root { walk.visit(root, path: "") }
        anchored = walk.anchored
    }

    /// Puts the marker in place of each `*` that a name follows.
    private static func hideAliases(in scalars: inout [Unicode.Scalar]) {
        for index in scalars.indices.dropLast() where scalars[index] == "*" {
            if isNameScalar(scalars[index + 1]) { scalars[index] = aliasMarker }
        }
    }

    /// Whether a scalar may stand in the name of an anchor, as libYAML sees it.
    package static func isNameScalar(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "0"..."9", "A"..."Z", "a"..."z", "_", "-": true
        default: false
        }
    }

    /// The name of the anchor that a node is an alias to; nil for every other node.
    package static func aliasName(of node: Node) -> String? {
        guard case .scalar(let scalar) = node, scalar.style == .plain, scalar.string.unicodeScalars.first == aliasMarker
        else { return nil }
        return String(scalar.string.unicodeScalars.dropFirst())
    }

    /// A scalar's text as it was written, with its stars.
    package static func text(of scalar: Node.Scalar) -> String {
        guard scalar.string.unicodeScalars.contains(aliasMarker) else { return scalar.string }
        var text = String.UnicodeScalarView()
        for character in scalar.string.unicodeScalars { text.append(character == aliasMarker ? "*" : character) }
        return String(text)
    }
}

extension ConfigurationFault {
    /// A fault of the file as a whole.
    package static func whole(_ message: String, mark: SourceMark = .start) -> ConfigurationFault {
        ConfigurationFault(path: "", line: mark.line, column: mark.column, message: message)
    }
}

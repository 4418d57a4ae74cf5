// SPDX-License-Identifier: Apache-2.0
internal import ConfigurationReading
internal import Yams

/// A file's tree in which some values are replaced.
struct OverriddenTree {
    /// The tree.
    private(set) var root: Node
    /// What the file's aliases stand for.
    let anchored: [SourceMark: Node]

    init(root: Node, anchored: [SourceMark: Node]) {
        self.root = root
        self.anchored = anchored
    }

    /// Sets or takes out the value under keys.
    ///
    /// A value on the way that is no mapping is left for its own fault.
    mutating func set(_ keys: [String], to value: Node?) {
        root = replacing(root, keys[...], value)
    }

    private func replacing(_ node: Node, _ keys: ArraySlice<String>, _ value: Node?) -> Node {
        guard let key = keys.first else { return value ?? node }
        let isAlias = ConfigurationDocument.aliasName(of: node) != nil
        let target = isAlias ? anchored[SourceMark(node.mark)] ?? node : node
        var mapping: Node.Mapping
        switch target {
        case .mapping(let found): mapping = found
        // Nothing written yet, or `tls: self-signed`, which a certificate replaces.
        case .scalar(let scalar) where ["", "~", "null", "self-signed"].contains(scalar.string):
            mapping = Node.Mapping([], .implicit, .any, scalar.mark)
        default: return node
        }
        if keys.count == 1 {
            mapping[key] = value
        } else {
            let empty = Node.mapping(Node.Mapping([]))
            if mapping[key] != nil || value != nil {
                mapping[key] = replacing(mapping[key] ?? empty, keys.dropFirst(), value)
            }
        }
        return .mapping(mapping)
    }
}

// SPDX-License-Identifier: Apache-2.0
internal import Yams

/// Goes once over a document: finds what each alias stands for, and reports keys given twice and aliases to nothing.
struct AnchorWalk {
    let context: ReadingContext
    let renamedKeys: [String: String]
    /// What the aliases seen so far stand for, by their places.
    private(set) var anchored: [SourceMark: Node] = [:]
    private var anchors: [String: Node] = [:]

    init(context: ReadingContext, renamedKeys: [String: String]) {
        self.context = context
        self.renamedKeys = renamedKeys
    }

    /// Goes over a node and all below it.
    ///
    /// An anchor counts from the end of its node on.
    mutating func visit(_ node: Node, path: String) {
        switch node {
        case .scalar, .alias:
            visitScalar(node, path: path)
        case .sequence(let sequence):
            for (index, element) in sequence.enumerated() { visit(element, path: "\(path)[\(index)]") }
        case .mapping(let mapping):
            reportDuplicates(in: mapping, path: path)
            for (key, value) in mapping {
                visit(key, path: path)
                let text = ConfigurationNode.keyText(of: key) ?? "?"
                visit(value, path: ConfigurationNode.join(path, renamedKeys[text] ?? text))
            }
        }
        if let anchor = node.anchor { anchors[anchor.rawValue] = node }
    }

    private mutating func visitScalar(_ node: Node, path: String) {
        guard let name = ConfigurationDocument.aliasName(of: node) else { return }
        let mark = SourceMark(node.mark)
        guard name.unicodeScalars.allSatisfy(ConfigurationDocument.isNameScalar), node.anchor == nil else {
            context.report("begins with `*` but is no alias; put quotes around the text", path: path, mark: mark)
            return
        }
        guard let target = anchors[name] else {
            // The name stays unseen: it may be a secret that begins with a star.
            let message = "is an alias without an anchor above it; write `&name` there or put quotes around the text"
            context.report(message, path: path, mark: mark)
            return
        }
        anchored[mark] = target
    }

    private func reportDuplicates(in mapping: Node.Mapping, path: String) {
        guard !renamedKeys.isEmpty else { return }
        var pending: [String: SourceMark] = [:]
        for (key, _) in mapping {
            guard let text = ConfigurationNode.keyText(of: key) else { continue }
            let name = renamedKeys[text] ?? text
            if let first = pending[name] {
                context.report(
                    "is given already at line \(first.line); keep one of them",
                    path: ConfigurationNode.join(path, name),
                    mark: SourceMark(key.mark)
                )
            }
            if renamedKeys[text] != nil { pending[name] = SourceMark(key.mark) }
        }
    }
}

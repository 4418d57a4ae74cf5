// SPDX-License-Identifier: Apache-2.0
internal import Yams

/// A mapping of the file while its settings are taken out of it.
///
/// What is left at the end is unknown and a fault.
package struct MappingReader {
    /// One key with its value.
    package struct Entry {
        /// The key's text.
        package var key: String
        /// Where the key stands.
        package var keyMark: SourceMark
        /// Its value.
        package var value: ConfigurationNode
    }

    /// The mapping.
    package let node: ConfigurationNode
    /// Its entries in the order of the file, those merged in by `<<` last.
    package private(set) var entries: [Entry] = []
    private var known: [String] = []

    /// Merged mappings that one file may have; more are reported once.
    package static let maximumMerges = 10_000

    /// A mapping; nothing written counts as an empty one.
    ///
    /// Nil, and a fault, when it is something else.
    package init?(_ node: ConfigurationNode) {
        self.node = node
        if node.isNull { return }
        guard case .mapping(let mapping) = node.node else {
            node.report("is not a mapping; write its settings as `key: value` lines below it")
            return nil
        }
        var names: Set<String> = []
        add(mapping, names: &names)
    }

    private mutating func add(_ mapping: Node.Mapping, names: inout Set<String>) {
        var merged: [ConfigurationNode] = []
        for (key, value) in mapping {
            guard let text = ConfigurationNode.keyText(of: key) else {
                node.context.report(
                    "has a key that is not a text; write one",
                    path: node.path,
                    mark: SourceMark(key.mark)
                )
                continue
            }
            let path = ConfigurationNode.join(node.path, text)
            if text == "<<", key.scalar?.style == .plain {
                let value = node.child(value, path: path)
                if case .sequence = value.node { merged += value.elements() ?? [] } else { merged.append(value) }
            } else if node.document?.renamedKeys[text] == nil, names.insert(text).inserted {
                let entry = Entry(key: text, keyMark: SourceMark(key.mark), value: node.child(value, path: path))
                entries.append(entry)
            }
        }
        for value in merged {
            guard case .mapping(let mapping) = value.node else {
                value.report("is not a mapping; give `<<` an alias to one")
                continue
            }
            guard node.context.countMerge(upTo: Self.maximumMerges) else {
                value.report("comes after \(Self.maximumMerges) merged mappings; write the settings out")
                return
            }
            add(mapping, names: &names)
        }
    }

    /// The value of a key; nil when it is not there.
    package mutating func take(_ key: String) -> ConfigurationNode? {
        known.append(key)
        return entries.first { $0.key == key }?.value
    }

    /// The mapping of a key; an empty one where nothing is written, nil after a fault.
    package mutating func section(_ key: String) -> MappingReader? {
        MappingReader(take(key) ?? ConfigurationNode(absent: key, in: node))
    }

    /// Reports that a key must be there.
    package func reportMissing(_ key: String, _ advice: String) {
        node.context.report("is missing; \(advice)", path: ConfigurationNode.join(node.path, key), mark: node.mark)
    }

    /// Reports every key that nobody asked for, with the name that may be meant.
    package func finish(showsKeys: Bool = true) {
        for entry in entries where !known.contains(entry.key) {
            let nearest = NearestName.find(entry.key, among: known)
            let advice =
                nearest.map { "did you mean \(ShownText.quoted($0))?" }
                ?? "known here: \(known.joined(separator: ", "))"
            let path = showsKeys ? entry.value.path : node.path
            node.context.report("is not a known key; \(advice)", path: path, mark: entry.keyMark)
        }
    }
}
